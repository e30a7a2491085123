import type { CollectionRef } from "../../milvus/collection/collections";
import { planCopies } from "../../plan/recovery/copies";
import type { Marked, RecoveryAction } from "../../plan/recovery/action";
import { planOf } from "../../migration/createShadow";
import { shadowRef } from "../../migration/migration";
import type { Server } from "../context/context";
import { observeCopies } from "../context/situation";
import type { ResumedCopy } from "../recovery/copies";
import { execute, type RecoveryWork } from "../recovery/execute";
import type { Prepared } from "./prepare";

type Of = Pick<Prepared, "replacement" | "from" | "migration">;

/** Copies of interrupted runs: the one of this plan is resumed, the others are dropped. */
export async function takeCopies(of: Of): Promise<ResumedCopy | undefined> {
    const { replacement, from } = of;
    const { deployed, target, ref } = replacement;
    const places = [{ ...from, at: deployed.ref }];
    // A copy for another database or cluster was begun there.
    if (ref.database !== deployed.ref.database || !target.client.isSameDatabase(from.client))
        places.push({ ...target, at: ref });
    let resumed: ResumedCopy | undefined;
    for (const { at, ...on } of places) {
        const actions = await plannedCopies(of, on, at, resumed === undefined);
        resumed ??= (await execute(actions, workOf(of, on))).resumed;
    }
    return resumed;
}

/** The copy of this plan, which is left to its worker; the others are dropped. */
export async function keepCopy(of: Of): Promise<Marked | undefined> {
    const { from, replacement } = of;
    const actions = await plannedCopies(of, from, replacement.deployed.ref, true);
    const kept = actions.find((one) => one.kind === "resume-copy");
    await execute(
        actions.filter((one) => one !== kept),
        workOf(of, from),
    );
    return kept?.copy;
}

async function plannedCopies(
    { replacement, migration }: Of,
    { client }: Server,
    at: CollectionRef,
    mayResume: boolean,
): Promise<RecoveryAction[]> {
    const { context, deployed, target, ref } = replacement;
    const { owner, generation } = deployed;
    const isTarget = client.isSameDatabase(target.client) && at.database === ref.database;
    const nameOf = (own: string) =>
        migration.takesName
            ? shadowRef({ ...migration, marker: { ...migration.marker, generation: own } }).name
            : undefined;
    const seen = await observeCopies(context.session, client, deployed, at);
    return planCopies(seen, {
        owner,
        generation,
        plan: planOf(migration),
        // Keys that the server made cannot be found again.
        isInPlace: ({ ref: there, marker }) =>
            isTarget &&
            mayResume &&
            !migration.mapping.key.regenerate &&
            (nameOf(marker.generation) ?? there.name) === there.name,
    });
}

function workOf({ replacement }: Of, at: Server): RecoveryWork {
    const { context, deployed, spec, report } = replacement;
    const { owner, name } = deployed;
    return { ...at, context, owner, name, spec, report };
}
