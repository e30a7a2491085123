import { listAttachments } from "../../../provider/milvus/collection/attachments";
import type { CollectionRef } from "../../../provider/milvus/collection/collections";
import { isMilvusError } from "../../../provider/milvus/transport/errors";
import { observeCollection } from "../../../provider/observe/collection";
import type { ObservedCollection } from "../../../provider/observe/state";
import { declaredAsIs } from "../../../provider/resource/collection/declared";
import type { Server } from "../../../provider/resource/context/context";
import { defaultDatabase, type FoundObject, titleOf } from "../inventory";
import { type Collected, reasonsOf } from "./collected";
import { keptNotes, unmodelledNotes } from "./notes";

/** Collections that are asked for at a time. */
const atOnce = 8;

/** Adds the collections, and the aliases of each. */
export async function readCollections(
    at: Server,
    refs: readonly CollectionRef[],
    collected: Collected,
): Promise<void> {
    for (let first = 0; first < refs.length; first += atOnce) {
        const some = refs.slice(first, first + atOnce);
        const observed = await Promise.all(some.map((ref) => observe(at, ref)));
        some.forEach((ref, index) => addCollection(ref, observed[index], collected));
    }
}

/** An error where the user may not see it; undefined where somebody has dropped it since it was listed. */
async function observe(
    { client }: Server,
    ref: CollectionRef,
): Promise<ObservedCollection | Error | undefined> {
    try {
        const observed = await observeCollection(client, ref);
        if (!observed?.unmodelled) return observed;
        return {
            ...observed,
            unmodelled: { ...observed.unmodelled, ...(await listAttachments(client, ref)) },
        };
    } catch (error) {
        if (isMilvusError(error, "forbidden")) return error;
        throw error;
    }
}

function addCollection(
    { database = defaultDatabase, name }: CollectionRef,
    observed: ObservedCollection | Error | undefined,
    collected: Collected,
): void {
    if (observed === undefined) return;
    const found: FoundObject = { type: "Collection", database, name, inputs: {}, notes: [] };
    const title = titleOf(found);
    if (observed instanceof Error)
        return collected.leaveOut(
            "MV545",
            `${title}: left out, this user may not describe it. ${observed.message}`,
        );
    const { marker } = observed;
    if (marker)
        return collected.leaveOut(
            "MV542",
            `${title}: left out, it belongs to ${marker.owner}. The program of that stack declares it`,
        );
    const { inputs, failures } = declaredAsIs(observed);
    if (!inputs) return collected.refuse(found, reasonsOf(failures));
    const notes = unmodelledNotes(observed);
    collected.add({ ...found, inputs: { name, ...inputs }, notes: [...notes, ...keptNotes(observed)] });
    for (const note of notes) collected.tell("MV544", `${title}: ${note}`);
    for (const alias of [...observed.aliases].sort())
        collected.add({
            ...{ type: "Alias", database, name: alias, notes: [] },
            inputs: { name: alias, collection: name },
        });
}
