import { listAliases } from "../../milvus/aliases";
import { type CollectionRef, dropCollection } from "../../milvus/collections";
import { findGeneration, observeMarker } from "../../observe/collection";
import type { OwnershipMarker } from "../../observe/state";
import { hasActiveLease } from "../../migration/properties/lease";
import { prefixesOf } from "../context/identity";
import type { RetentionContext } from "../generations/retain";

/**
 * Removes the copies of a generation that is gone which never went into service: a run that was cut has left them. One
 * that was about to may be in service without Pulumi's knowledge, and clients may go by its name: it stays, and the output
 * says so. `activeGeneration` is the generation that the program goes on with, where that is known.
 */
export async function dropOrphanedCopies(
    { client, owner, name, print }: RetentionContext,
    { generation, ...old }: CollectionRef & { generation: string },
    activeGeneration: string | undefined,
): Promise<void> {
    const isCopy = (marker: OwnershipMarker | undefined) =>
        marker?.owner === owner &&
        marker.from === generation &&
        marker.generation !== activeGeneration &&
        marker.state !== "previous";
    const copies: string[] = [];
    for (const prefix of prefixesOf(name, old, generation))
        copies.push(...(await findGeneration(client, { ...old, name: prefix }, isCopy)));
    for (const found of copies) {
        const copy = { ...old, name: found };
        const { marker } = await observeMarker(client, copy);
        const isIdle = marker?.state === "building" && !(await hasActiveLease(client, copy));
        if (isIdle && (await listAliases(client, copy)).length === 0) {
            print(`${name}: dropping ${copy.name}, a copy of ${old.name} that a run did not end`);
            await dropCollection(client, copy);
        } else
            print(
                `${name}: ${copy.name} has rows of ${old.name}, and stays. ` +
                    "If it is none of this stack's, a run was cut before Pulumi noted it: drop it with a client of Milvus once nobody needs it",
            );
    }
}
