import type { CollectionRef } from "../../milvus/collections";
import { observeCollection, observeMarker } from "../../observe/collection";
import type { ObservedCollection, OwnershipMarker } from "../../observe/state";
import { planCollection } from "../../plan/plan";
import { requireFree } from "../../migration/lifecycle/build";
import { migrate, planOf } from "../../migration/migrate";
import { type Migration, shadowRef } from "../../migration/migration";
import type { Collection } from "../../inputs/collection";
import { RunError } from "../../migration/errors";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { type ResumableCopy, takeResumableCopy } from "../../migration/lifecycle/interruptedCopies";
import type { Report } from "../../migration/report";
import { restoreName } from "../../migration/cutover/restoreName";
import { moveAliases } from "../../migration/cutover/swapNames";
import { load } from "../../migration/lifecycle/indexAndLoad";
import { loadModule } from "../../migration/transform/transformModule";
import { restoredGeneration } from "../../migration/properties/previous";
import { requireOwnName } from "../../migration/cutover/renameCutover";
import { rollback } from "../../migration/rollback";
import { type Context, server, type Server } from "../context/context";
import { activeCutovers, type PendingReplacement } from "../context/session";
import { swapped } from "../recovery/restoreOriginalName";
import { hidden, locate, prefixesOf, recordedRef } from "../context/identity";
import { type RollbackSource, findRollbackSource, undoRestore } from "../generations/rollbackSource";
import { planBlocked } from "../context/planBlocked";
import { surveyRows } from "../context/surveyRows";

export interface Replacement {
    context: Context;
    predecessor: PendingReplacement;
    target: Server;
    ref: CollectionRef;
    spec: Collection;
    marker: Omit<OwnershipMarker, "state">;
    report: Report;
}

/** Puts a new collection in the place of the old one, its rows carried over. Returns what is in charge. */
export async function replace(replacement: Replacement): Promise<{ generation: string; ref: CollectionRef }> {
    const { context, predecessor, target, ref, spec, report } = replacement;
    const { props, deployed } = predecessor;
    const { owner, name } = hidden(props);
    const generation = props.generation as string;
    const recorded = recordedRef(props);
    const from = await server(context, props);

    const found = await locate(from.client, props);
    if (!found)
        throw new RunError(
            "MV307",
            `${recorded.name}: the collection whose rows should move is gone. Run \`pulumi refresh\`, then \`pulumi up\``,
        );
    if (found.name !== recorded.name) {
        const successor = await finishSwap(replacement, from, found, recorded);
        if (successor !== undefined) return { generation: successor, ref: recorded };
    }
    const old = await restoreName(from.client, found, recorded.name, report);

    // A run that was cut right before its switch has left it so.
    await liftFence({ client: from.client, ref: old }, from.capabilities);
    const source = await observe(from, old);
    const { target: wanted, previous } = await findRollbackSource(from, source, spec);
    const inService = previous && (await alreadyInService(replacement, from, previous));
    if (inService) return inService;
    await undoRestore(from, source);
    const survey = await surveyRows(from.client, source, deployed, wanted);
    const plan = planCollection({
        deployed,
        target: wanted,
        ...survey,
        previous,
        capabilities: target.capabilities,
        unknowns: false,
        replace: true,
        destructive: context.policy().destructive,
    });
    if (!plan.migration) throw planBlocked(name, plan.findings);
    const takesName = plan.migration.cutover === "rename";
    if (takesName) await requireOwnName(target.client, ref, source);
    const { mapping, partitions } = plan.migration;
    const migration = {
        source: { client: from.client, observed: source, generation },
        target: { ...target, ref, spec },
        mapping,
        partitions,
        takesName,
        marker: { ...replacement.marker, from: generation, state: "building" as const },
    };
    // One that is not there, or half written, is not the one that a copy was made with: told before that is looked for.
    if (mapping.transform) await loadModule(mapping.transform.module);
    const resumableCopy = await findResumableCopy(replacement, from, migration);
    if (previous) {
        const retained = previous.found.ref;
        const rollbackInput = {
            ...migration,
            target: takesName
                ? migration.target
                : { ...migration.target, ref: { ...ref, name: retained.name } },
            marker: {
                owner,
                generation: restoredGeneration(source.marker!.from!, generation),
                from: generation,
                state: "live" as const,
            },
            retained,
            updates: previous.updates,
        };
        activeCutovers.add(generation, rollbackInput.target, await rollback({ ...rollbackInput, report }));
        return { generation: rollbackInput.marker.generation, ref: rollbackInput.target.ref };
    }
    const resumed = resumableCopy && {
        ...migration,
        target: takesName ? migration.target : { ...migration.target, ref: resumableCopy.ref },
        marker: { ...migration.marker, generation: resumableCopy.generation },
        resumed: resumableCopy.checkpoint,
    };
    if (!resumed && !takesName) await requireFree(target.client, ref, owner);
    const chosen = resumed ?? migration;
    const cutover = await migrate({ ...chosen, report });
    activeCutovers.add(generation, chosen.target, cutover);
    return { generation: chosen.marker.generation, ref: chosen.target.ref };
}

/** A former run went back, was cut when the alias had moved, and Pulumi has not noted it: it is taken as the outcome. */
async function alreadyInService(
    { spec, report }: Replacement,
    { client }: Server,
    { observed, found }: NonNullable<RollbackSource["previous"]>,
): Promise<{ generation: string; ref: CollectionRef } | undefined> {
    if (!found.restored || observed.aliases.length === 0) return undefined;
    report.say(`${found.ref.name} was taken up by a former run already; finishing it`);
    await load(client, found.ref, spec, report);
    return { generation: found.marker.generation, ref: found.ref };
}

/** A copy of the same plan that a cut run has left; those of other plans are removed. */
async function findResumableCopy(
    { target, ref, report, predecessor }: Replacement,
    from: Server,
    migration: Omit<Migration, "report">,
): Promise<ResumableCopy | undefined> {
    const { owner, name } = hidden(predecessor.props);
    const { generation } = migration.source;
    const recorded = recordedRef(predecessor.props);
    const plan = planOf(migration);
    // Keys that the server made cannot be found again.
    const isWanted = ({ ref: { name: there }, generation: own, checkpoint }: ResumableCopy) =>
        checkpoint.plan === plan &&
        !migration.mapping.key.regenerate &&
        (!migration.takesName ||
            shadowRef({ ...migration, marker: { ...migration.marker, generation: own } }).name === there);
    const places = [{ client: from.client, at: recorded }];
    // A copy for another database or cluster was begun there.
    if (ref.database !== recorded.database || !target.client.isSameDatabase(from.client))
        places.push({ client: target.client, at: ref });
    let wanted: ResumableCopy | undefined;
    for (const { client, at } of places) {
        const there = client.isSameDatabase(target.client) && at.database === ref.database;
        for (const prefix of prefixesOf(name, at, generation)) {
            const search = { owner, generation, database: at.database, prefix };
            const isFirst = wanted === undefined;
            const isChosen = (one: ResumableCopy) => isFirst && there && isWanted(one);
            const found = await takeResumableCopy(client, search, isChosen, report);
            wanted ??= found;
        }
    }
    return wanted;
}

/**
 * A former run was cut after its swap, before Pulumi wrote it down: the old collection goes by its retired name, and the
 * verified copy serves under the recorded one and may hold newer writes. It is taken as the outcome.
 */
async function finishSwap(
    { predecessor, target, spec, report }: Replacement,
    from: Server,
    old: CollectionRef,
    recorded: CollectionRef,
): Promise<string | undefined> {
    const { marker } = await observeMarker(from.client, recorded);
    const { owner } = hidden(predecessor.props);
    if (marker?.owner !== owner || marker.from !== predecessor.props.generation) return undefined;
    const serving = await observe(from, recorded);
    const plan = planCollection({
        deployed: spec,
        target: spec,
        source: serving,
        capabilities: target.capabilities,
        unknowns: false,
    });
    if (plan.replaces.length > 0) throw swapped(recorded.name);
    report.say(`${recorded.name} was swapped by a former run already; finishing it`);
    await moveAliases(from.client, old, recorded.name);
    await load(from.client, recorded, spec, report);
    return marker.generation;
}

async function observe({ client }: Server, ref: CollectionRef): Promise<ObservedCollection> {
    const observed = await observeCollection(client, ref);
    if (!observed)
        throw new RunError(
            "MV307",
            `${ref.name}: the collection is gone. Run \`pulumi refresh\`, then \`pulumi up\``,
        );
    return observed;
}
