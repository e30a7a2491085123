import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { targetOf } from "../../milvus/collection/following";
import { observeCollection } from "../../observe/collection";
import type { ObservedCollection } from "../../observe/state";
import { RunError } from "../errors";
import { loadTemporarily } from "../lifecycle/temporaryLoad";
import { load } from "../lifecycle/indexAndLoad";
import { reportStaleName } from "../lifecycle/stale";
import { swap } from "./swapNames";
import type { Cutover } from "./cutover";
import type { Migration } from "../migration";

/** Gives the new collection the old one's name. The old one has its generation in its name until it is dropped. */
export async function takeOverName(
    {
        target,
        source,
        report,
    }: Pick<Migration, "target" | "report"> & {
        source: Pick<Migration["source"], "observed" | "generation">;
    },
    cutover: Cutover,
    shadow: CollectionRef,
    /** Sets the ownership marker of a collection in service on the copy. */
    markLive: () => Promise<void>,
): Promise<void> {
    const { client, ref, spec } = target;
    await requireOwnName(client, ref, source.observed);
    const copy = await targetOf(client, shadow);
    const oldName = `${ref.name}_${source.generation}`;
    try {
        await cutover.prepareSwitch();
        await markLive();
        await swap({ client, ref, shadow: shadow.name, oldName, report });
    } catch (error) {
        // The cause is thrown; a failure of the undo is only reported.
        await cutover.undoSwitch().catch((stuck: unknown) => {
            report.say(`warning: ${(stuck as Error).message}`);
        });
        // milvus-lite releases a collection when it renames it, and the old collection has its name back.
        if (source.observed.loadState === "loaded")
            await loadTemporarily(client, ref, report, "as it was before the rename").catch(() => undefined);
        throw error;
    }
    cutover.renamed({ ...ref, name: oldName }, ref);
    report.say(`${ref.name} is the new collection now; the old one is ${oldName} until it is dropped`);
    // milvus-lite releases a collection when it renames it.
    await load(client, ref, spec, report);
    await reportStaleName(client, ref, copy, report);
    await cutover.completeSwitch();
}

/**
 * Makes sure that the name still belongs to the source. A name that now belongs to another collection is not changed.
 * Errors: `MV335`.
 */
export async function requireOwnName(
    client: MilvusClient,
    ref: CollectionRef,
    source: ObservedCollection,
): Promise<void> {
    const there = await observeCollection(client, ref);
    const isSource =
        there !== undefined &&
        there.collectionId === source.collectionId &&
        there.marker?.generation === source.marker?.generation;
    if (!isSource)
        throw new RunError(
            "MV335",
            `name: ${ref.name} is not the collection whose rows were copied, so it was not renamed. Choose another name`,
        );
}
