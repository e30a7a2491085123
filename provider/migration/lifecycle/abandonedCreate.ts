import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, dropCollection } from "../../milvus/collections";
import { findGeneration, observeCollection } from "../../observe/collection";
import { rowsAtStake } from "../../observe/rows";
import type { OwnershipMarker } from "../../observe/state";
import type { Report } from "../report";

/**
 * Removes what a first `create` of the same resource that was cut has left under the name of its generation: Pulumi knows
 * nothing of it, and this `create` has another one.
 */
export async function removeAbandonedCreates(
    client: MilvusClient,
    ref: CollectionRef,
    { owner, generation }: Pick<OwnershipMarker, "owner" | "generation">,
    report: Report,
): Promise<void> {
    const end = `_${generation}`;
    // A name of the program's own is the same in each run.
    if (!ref.name.endsWith(end)) return;
    const prefix = ref.name.slice(0, 1 - end.length);
    const left = await findGeneration(
        client,
        { ...ref, name: prefix },
        (marker, name) =>
            marker?.owner === owner &&
            marker.state === "building" &&
            marker.from === undefined &&
            name === `${prefix}${marker.generation}`,
    );
    for (const name of left) {
        const abandoned = { ...ref, name };
        if (!(await isEmptyAndUnused(client, abandoned))) continue;
        report.say(`removing ${name}, left half built and empty by a run that was cut`);
        await dropCollection(client, abandoned);
    }
}

/**
 * Whether what was left while it was built can be dropped: no alias points at it, and nobody has put rows into it. Those of
 * a migration's copy are its source's.
 */
export async function isEmptyAndUnused(client: MilvusClient, ref: CollectionRef): Promise<boolean> {
    const observed = await observeCollection(client, ref);
    if (!observed) return true;
    if (observed.aliases.length > 0) return false;
    if (observed.marker?.from !== undefined) return true;
    return (await rowsAtStake(client, observed)) === 0;
}
