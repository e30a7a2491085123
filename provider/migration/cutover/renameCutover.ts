import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import type { ObservedCollection } from "../../observe/state";
import { RunError } from "../errors";
import { loadTemporarily } from "../lifecycle/temporaryLoad";
import { load } from "../lifecycle/indexAndLoad";
import { swap } from "./swapNames";
import type { Cutover } from "./cutover";
import type { Migration } from "../migration";

/** Puts the new collection under the name of the old one, which goes by its generation until it is dropped. */
export async function takeOverName(
    { target, source, report }: Pick<Migration, "target" | "source" | "report">,
    cutover: Cutover,
    shadow: CollectionRef,
    /** Stamps the copy as one that may be in service. */
    markLive: () => Promise<void>,
): Promise<void> {
    const { client, ref, spec } = target;
    await requireOwnName(client, ref, source.observed);
    const oldName = `${ref.name}_${source.generation}`;
    try {
        await cutover.prepareSwitch();
        await markLive();
        await swap({ client, ref, shadow: shadow.name, oldName });
    } catch (error) {
        // What it says comes beside the cause, not in its place.
        await cutover.undoSwitch().catch((stuck: unknown) => {
            report.say((stuck as Error).message);
        });
        // milvus-lite unloads what it renames, and the old collection has got its name back.
        if (source.observed.loadState === "loaded")
            await loadTemporarily(client, ref, report).catch(() => undefined);
        throw error;
    }
    cutover.renamed({ ...ref, name: oldName }, ref);
    // milvus-lite unloads what it renames.
    await load(client, ref, spec, report);
    await cutover.completeSwitch();
}

/** The name is the source's to give: one that stands for another collection stays with it. Errors: `MV335`. */
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
            `name: ${ref.name} is not the collection whose rows were copied, and keeps its name. Choose another name`,
        );
}
