import type { BegunPlan } from "../../observe/generation";
import type { ObservedCollection } from "../../observe/state";
import { isBehind, schemaProgress } from "../../milvus/collection/schemaVersion";
import { updateText } from "../../plan/render/updateText";
import type { Update } from "../../plan/strategy/update";
import type { Collection } from "../../inputs/schema/collection";
import { isCoded, RunError } from "../errors";
import { beginUpdate } from "../properties/pendingUpdate";
import type { Endpoint } from "../read/endpoint";
import type { Report } from "../report";
import { applyUpdate } from "./applyUpdates";
import { requirePermitted } from "./requirePermitted";
import { servedState, type ServedState } from "./servedState";
import { undoUpdates } from "./undoUpdates";

export interface ChangeInPlace extends Endpoint {
    /** The collection before the change. */
    observed: ObservedCollection;
    deployed: Pick<Collection, "indexes">;
    updates: readonly Update[];
    /** Recorded on the collection, so that the next run finds an interrupted change. */
    id: string;
    /** Recorded with it, where the stack approves plans. */
    approved?: BegunPlan | undefined;
    report: Report;
}

/**
 * Changes a collection in place. After a failure, indexes and load state are as before: the collection serves again what
 * it served. If this process is killed, the record on the collection tells the next run to compare it with the program.
 * Errors: that of the failed call; `MV390` if the collection could not be restored either.
 */
export async function changeInPlace(change: ChangeInPlace): Promise<void> {
    const { client, ref, capabilities, observed, deployed, updates, id, approved, report } = change;
    if (updates.length === 0) return;
    const builds = updates.some(({ kind }) => kind === "create-index");
    const loads = updates.some(({ kind }) => kind === "release");
    const fills = updates.some(({ kind }) => kind === "backfill");
    const drops = updates.some(({ kind }) => kind === "drop-partition");
    await requirePermitted(change, [
        ...(builds ? (["CreateIndex"] as const) : []),
        ...(builds && capabilities.schemaVersions ? (["GetCollectionStatistics"] as const) : []),
        ...(loads ? (["LoadPartitions"] as const) : []),
        ...(drops ? (["DropPartition"] as const) : []),
        ...(fills ? (["Query", "Upsert"] as const) : []),
    ]);
    const before = await servedState(change, observed, deployed);
    const takeBack = capabilities.alterProperties
        ? await beginUpdate(client, ref, id, updates, approved)
        : undefined;
    for (const [place, update] of updates.entries())
        try {
            if (update.kind === "release") await requireBuildable(change, updates.slice(place));
            await applyUpdate(client, ref, update, report);
        } catch (error) {
            // A release that was not made needs no load.
            const end = isCoded(error, "MV367") ? place : place + 1;
            await restore(change, updates.slice(0, end), before, error as Error);
            await takeBack?.();
            throw error;
        }
}

/**
 * Fails before the release if the server would not build the index: with a function every build waits for segments behind the
 * version of the schema (3.0, issue 51768), and the collection would serve without its index. Errors: `MV367`.
 */
async function requireBuildable(
    { client, ref, capabilities, observed }: ChangeInPlace,
    next: readonly Update[],
): Promise<void> {
    const builds = next.some(({ kind }) => kind === "create-index");
    if (!capabilities.schemaVersions || !builds || observed.functions.length === 0) return;
    const progress = await schemaProgress(client, ref);
    if (isBehind(progress))
        throw new RunError(
            "MV367",
            `${ref.name}: not released, ${progress.total - progress.consistent} of ${progress.total} segments do not have the current schema, and the server builds no index until they do. ` +
                'Run `pulumi up` again when it has finished them, or build the index on a copy: migration: { indexes: "shadow" }',
        );
}

async function restore(
    { report, ...endpoint }: ChangeInPlace,
    begun: readonly Update[],
    before: ServedState,
    cause: Error,
): Promise<void> {
    const { name } = endpoint.ref;
    const failed = updateText(begun.at(-1)!);
    try {
        const isUndone = await undoUpdates(endpoint, begun, before, report);
        if (isUndone)
            report.say(`${failed}: refused, and ${name} has its former indexes and load state again`);
    } catch (error) {
        const next = endpoint.capabilities.alterProperties
            ? "The next `pulumi up` restores it: with the new program once the server accepts the change, else with the former program"
            : "Run `pulumi refresh`, then `pulumi up`";
        throw new RunError(
            "MV390",
            `${name}: does not serve as before. To ${failed} failed (${cause.message}), and so did restoring the former indexes and load state (${(error as Error).message}). ${next}`,
        );
    }
}
