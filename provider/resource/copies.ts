import type { CollectionRef } from "../milvus/collections";
import { findGeneration } from "../observe/collection";
import type { Shelf } from "./keep";

/**
 * Says which collections stay that were made from a generation that is gone. A run that was cut before Pulumi noted its
 * outcome leaves one that no state knows of; but one in service looks the same, and clients may go by its name. So none
 * is dropped. `inCharge` is the generation that the program goes on with, where that is known.
 */
export async function tellOfCopies(
    { client, owner, name, print }: Shelf,
    { generation, ...old }: CollectionRef & { generation: string },
    inCharge: string | undefined,
): Promise<void> {
    const suffix = `_${generation}`;
    const stem = old.name.endsWith(suffix) ? old.name.slice(0, -suffix.length) : old.name;
    const copies = await findGeneration(
        client,
        { ...old, name: stem },
        (stamp) =>
            stamp?.owner === owner &&
            stamp.from === generation &&
            stamp.generation !== inCharge &&
            stamp.state !== "previous",
    );
    for (const copy of copies)
        print(
            `${name}: ${copy} has rows of ${old.name}, and stays. ` +
                "If it is none of this stack's, a run was cut before Pulumi noted it: drop it with a client of Milvus once nobody needs it",
        );
}
