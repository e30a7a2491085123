import type { CollectionRef } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import type { ObservedCollection, OwnershipMarker } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { type CollectionPlan, planCollection } from "../../plan/plan";
import { planCopies } from "../../plan/recovery/copies";
import { planReplace } from "../../plan/recovery/located";
import { planRestored, planUnfinished, restoredGeneration } from "../../plan/recovery/previous";
import { locateRecorded } from "../../plan/recovery/situation";
import { requireOwnName } from "../../migration/cutover/renameCutover";
import { requireFree } from "../../migration/lifecycle/build";
import { migrate, planOf } from "../../migration/migrate";
import { type Migration, shadowRef } from "../../migration/migration";
import type { Report } from "../../migration/report";
import { rollback } from "../../migration/rollback";
import { loadModule } from "../../migration/transform/transformModule";
import { requireThere } from "../context/configuredServer";
import { type Context, server, type Server } from "../context/context";
import { planBlocked } from "../context/planBlocked";
import type { CollectionState } from "../context/resourceState";
import { observeCopies, observeSituation } from "../context/situation";
import { surveyRows } from "../context/surveyRows";
import { markImported } from "../generations/markImported";
import { findRollbackSource, type RollbackSource } from "../generations/rollbackSource";
import type { ResumedCopy } from "../recovery/copies";
import { execute } from "../recovery/execute";
import { refusalError } from "../recovery/refusals";
import { rejectClaim } from "./rejectClaim";

export interface Replacement {
    context: Context;
    /** The collection whose rows move. */
    deployed: CollectionState;
    target: Server;
    ref: CollectionRef;
    spec: Collection;
    marker: Omit<OwnershipMarker, "state">;
    report: Report;
}

/** The collection that is active after a replacement. */
interface Active {
    generation: string;
    ref: CollectionRef;
}

/** Puts a new collection in the place of the old one, its rows carried over. Returns the active one. */
export async function replace(replacement: Replacement): Promise<Active> {
    const { context, deployed, target, spec, report } = replacement;
    const from = await server(context, deployed.props);
    const { owner, name, generation } = deployed;
    const work = { ...from, context, owner, name, spec, report };

    // What interrupted runs have left comes first: it decides what the source is, and whether there is anything to do.
    const situation = await observeSituation(context.session, from.client, deployed);
    const located = locateRecorded(situation);
    requireThere(context, deployed, located);
    await execute(planUnfinished(situation, located), { ...work, spec: deployed.spec });
    const { outcome, restored } = await execute(planReplace(situation), {
        ...work,
        capabilities: target.capabilities,
    });
    if (outcome) return outcome;
    const ref = restored ?? located!.ref;
    await rejectClaim(context, from, ref, name);
    const unmarked = await observe(from, ref);
    await markImported(from, deployed, unmarked);
    const source = unmarked.marker ? unmarked : await observe(from, ref);
    const rollbackSource = await findRollbackSource(context, from, source, spec);
    const isRollback = spec.migration.rollback === "previous";
    const behind = await execute(planRestored(situation, located!, isRollback), work);
    if (behind.outcome) return behind.outcome;

    const planned = await plan(replacement, from, source, rollbackSource);
    const { mapping, partitions, cutover } = planned;
    const takesName = cutover === "rename";
    if (takesName) await requireOwnName(target.client, replacement.ref, source);
    const migration = {
        source: { ...from, observed: source, generation },
        // A rollback restores a collection with settings of its own.
        target: { ...target, ref: replacement.ref, spec: isRollback ? spec : planned.wanted },
        mapping,
        partitions,
        takesName,
        marker: { ...replacement.marker, from: generation, state: "building" as const },
        holder: context.session.holder,
    };
    // One that is missing, or half written, is not the one that a copy was made with: reported before copies are looked for.
    if (mapping.transform) await loadModule(mapping.transform.module);
    const resumed = await takeCopies(replacement, from, migration);
    const { previous } = rollbackSource;
    return previous
        ? goBack(replacement, migration, source, previous)
        : goForward(replacement, migration, resumed);
}

/** The plan of this moment. Errors: those of a plan that is blocked. */
async function plan(
    { context, deployed, target }: Replacement,
    from: Server,
    source: ObservedCollection,
    { target: wanted, previous }: RollbackSource,
): Promise<NonNullable<CollectionPlan["migration"]>> {
    const survey = await surveyRows(from, source, deployed.spec, wanted);
    const { migration, findings } = planCollection({
        deployed: deployed.spec,
        target: wanted,
        ...survey,
        previous,
        capabilities: target.capabilities,
        unknowns: false,
        replace: true,
        undeclared: deployed.undeclared,
        destructive: context.policy().destructive,
        notShown: context.session.previews.notShown(deployed.generation),
    });
    if (!migration) throw planBlocked(deployed.name, findings);
    return migration;
}

/** Copies of interrupted runs: the one of this plan is resumed, the others are dropped. */
async function takeCopies(
    replacement: Replacement,
    from: Server,
    migration: Omit<Migration, "report">,
): Promise<ResumedCopy | undefined> {
    const { context, deployed, target, ref, spec, report } = replacement;
    const { owner, name, generation } = deployed;
    const plan = planOf(migration);
    const places = [{ ...from, at: deployed.ref }];
    // A copy for another database or cluster was begun there.
    if (ref.database !== deployed.ref.database || !target.client.isSameDatabase(from.client))
        places.push({ ...target, at: ref });
    let resumed: ResumedCopy | undefined;
    for (const { client, capabilities, at } of places) {
        const isTarget = client.isSameDatabase(target.client) && at.database === ref.database;
        const nameOf = (own: string) =>
            migration.takesName
                ? shadowRef({ ...migration, marker: { ...migration.marker, generation: own } }).name
                : undefined;
        const seen = await observeCopies(context.session, client, deployed, at);
        const actions = planCopies(seen, {
            owner,
            generation,
            plan,
            // Keys that the server made cannot be found again.
            isInPlace: ({ ref: there, marker }) =>
                isTarget &&
                resumed === undefined &&
                !migration.mapping.key.regenerate &&
                (nameOf(marker.generation) ?? there.name) === there.name,
        });
        const work = { client, capabilities, context, owner, name, spec, report };
        resumed ??= (await execute(actions, work)).resumed;
    }
    return resumed;
}

async function goForward(
    { context, target, report }: Replacement,
    migration: Omit<Migration, "report">,
    copy: ResumedCopy | undefined,
): Promise<Active> {
    const { takesName, source, marker } = migration;
    const chosen = copy
        ? {
              ...migration,
              target: takesName ? migration.target : { ...migration.target, ref: copy.ref },
              marker: { ...marker, generation: copy.generation },
              resumed: copy.checkpoint,
          }
        : migration;
    if (!copy && !takesName) await requireFree(target.client, migration.target.ref, marker.owner);
    const cutover = await migrate({ ...chosen, report });
    context.session.activeCutovers.add(source.generation, chosen.target, cutover);
    return { generation: chosen.marker.generation, ref: chosen.target.ref };
}

async function goBack(
    { context, deployed, report }: Replacement,
    migration: Omit<Migration, "report">,
    source: ObservedCollection,
    previous: NonNullable<RollbackSource["previous"]>,
): Promise<Active> {
    const { takesName } = migration;
    const { generation, owner } = deployed;
    const retained = previous.found.at.ref;
    const back = {
        ...migration,
        target: takesName
            ? migration.target
            : { ...migration.target, ref: { ...migration.target.ref, name: retained.name } },
        marker: {
            owner,
            generation: restoredGeneration(source.marker!.from!, generation),
            from: generation,
            state: "live" as const,
        },
        retained,
        updates: previous.updates,
    };
    context.session.activeCutovers.add(generation, back.target, await rollback({ ...back, report }));
    return { generation: back.marker.generation, ref: back.target.ref };
}

async function observe({ client }: Server, ref: CollectionRef): Promise<ObservedCollection> {
    const observed = await observeCollection(client, ref);
    if (!observed) throw refusalError({ reason: "gone", name: ref.name });
    return observed;
}
