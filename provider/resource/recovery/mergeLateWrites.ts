import { observeCollection } from "../../observe/collection";
import { rowsAtStake } from "../../observe/rows";
import type { RecoveryAction } from "../../plan/recovery/action";
import { requireAllSeen, requireIdentical } from "../../migration/catchup/requireIdentical";
import type { Cutover } from "../../migration/cutover/cutover";
import { type CutoverSpec, readCutover } from "../../migration/properties/cutoverRecord";
import { readMapping } from "../../migration/properties/rowMapping";
import { collectionSpec } from "../context/inputs";
import type { Session } from "../session/session";
import type { RecoveryWork } from "./execute";
import { unknownRows } from "./refusals";
import { reopenRecorded } from "./reopenRecorded";

/** The collection that holds the rows of one that is about to be dropped. */
export interface MergeOutcome {
    /** Whether they are in the active collection; an interrupted run may have made one that never was. */
    isActive: boolean;
    /** The lines about the drop. */
    dropped: () => Promise<void>;
}

type Merge = Extract<RecoveryAction, { kind: "merge-late-writes" }>;

/**
 * Whether this process uses the cutover that it holds in memory. If another process of the run moved the alias, the copy and
 * its baseline know more, and the cutover is opened again from them.
 */
export async function hasOwnCutover(generation: string, { activeCutovers }: Session): Promise<boolean> {
    const cutover = activeCutovers.bySource(generation);
    const target = activeCutovers.targetOf(generation);
    if (!cutover || !target) return false;
    if (cutover.phase !== "copied") return true;
    const record = await readCutover(target.client, target.ref);
    if (record?.phase !== "switched") return true;
    activeCutovers.remove(generation);
    return false;
}

/** Ends the cutover that this process made: the new collection then has every write to the old one. */
export async function finishOwnCutover(
    generation: string,
    { context: { session } }: Pick<RecoveryWork, "context">,
): Promise<MergeOutcome | undefined> {
    const cutover = session.activeCutovers.bySource(generation);
    if (!cutover) return undefined;
    await cutover.finish();
    return {
        isActive: true,
        dropped: async () => {
            session.activeCutovers.remove(generation);
            await cutover.forget();
        },
    };
}

/**
 * Carries over every write to an old collection before it is dropped, if another process or an earlier run made the
 * cutover. It uses the baseline on this machine; the row count, if writers were paused in this same run; without either,
 * both collections have to be identical. Errors: `MV320`, `MV321`, `MV341`, `MV342`, which keep both.
 */
export async function mergeLateWrites(merge: Merge, work: RecoveryWork): Promise<MergeOutcome | undefined> {
    const { session } = work.context;
    const { marker } = merge.successor;
    const generation = marker.from!;
    const active = activeOf(merge, work);
    const isActive = active?.generation === marker.generation;
    const cutover = await cutoverOf(merge, work);
    if (!cutover) {
        // `up` knows which generation is active; `destroy` does not, and drops every collection of the program.
        const isSuperseded = active !== undefined && active.generation !== generation;
        const observed = isSuperseded ? await observeCollection(work.client, merge.old.ref) : undefined;
        if (observed && (await rowsAtStake(work.client, observed)) > 0)
            throw unknownRows(
                merge.old.ref.name,
                `${merge.successor.ref.name} does not record how its rows were made`,
            );
        return undefined;
    }
    await cutover.finish();
    // These writes may have come too late for the last pass of the collection that is dropped at the same time.
    await session.activeCutovers.bySource(marker.generation)?.finish();
    return {
        isActive,
        dropped: async () => {
            session.activeCutovers.remove(generation);
            await cutover.forget();
        },
    };
}

async function cutoverOf(
    { old, successor }: Merge,
    work: RecoveryWork,
): Promise<Pick<Cutover, "finish" | "forget"> | undefined> {
    const { client, capabilities } = work.elsewhere ?? work;
    const source = { client: work.client, capabilities: work.capabilities, ref: old.ref };
    const target = { client, capabilities, ref: successor.ref };
    const record = await readCutover(client, target.ref);
    const spec: CutoverSpec = record?.spec ?? specOf({ old, successor }, work);
    const mapping = await readMapping(client, target.ref);
    // The baseline has the owner of the migration; the resource may have been renamed since.
    const owner = old.marker?.owner ?? work.owner;
    const migration = { owner, from: successor.marker.from!, to: successor.marker.generation };
    const partitions = mapping?.partitions;
    const recorded = { source, target, migration, record, spec, partitions };
    const cutover = await reopenRecorded(recorded, work);
    if (cutover || !mapping) return cutover;
    const { batchBytes } = spec.migration;
    const { report } = work;
    return {
        finish: async () => {
            const comparison = { source, target, ...mapping, batchBytes, report };
            await requireIdentical(comparison);
            if (record?.followsWrites) await requireAllSeen(comparison);
        },
        forget: () => Promise.resolve(),
    };
}

/** The settings for a copy without a record of its cutover: an earlier release made it, or its server stores no properties. */
function specOf(merge: Pick<Merge, "old" | "successor">, work: RecoveryWork): CutoverSpec {
    const active = activeOf(merge, work);
    const isActive = active?.generation === merge.successor.marker.generation;
    return isActive ? collectionSpec(active) : work.spec;
}

/** The active generation, under the owner of the old collection, or under that of the new one after a rename of the resource. */
function activeOf({ old, successor }: Pick<Merge, "old" | "successor">, { context, owner }: RecoveryWork) {
    const { activeGenerations } = context.session;
    return activeGenerations.of(old.marker?.owner ?? owner) ?? activeGenerations.of(successor.marker.owner);
}
