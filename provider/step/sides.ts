import type { MilvusClient } from "../milvus/client";
import { type CollectionRef, describeCollection } from "../milvus/collections";
import type { PageSource } from "../milvus/pages";
import { capabilities } from "../observe/capabilities";
import type { PartitionMapping, RowMapping } from "../plan/mapping";
import { sourceFields, wireColumns } from "./columns";

/** A collection that rows are read from or written to. */
export interface Side {
    client: MilvusClient;
    ref: CollectionRef;
}

/** Rows that are read in the order of their keys, one way after the other: all of them, or a partition each. */
export function ways(partitions: PartitionMapping): (string | undefined)[] {
    return partitions.kind === "together" ? [undefined] : partitions.carried;
}

/** How the rows of the source are read, in what the mapping needs. */
export async function readSource(side: Side, mapping: RowMapping): Promise<Omit<PageSource, "partition">> {
    return reader(side, mapping.key.from, sourceFields(mapping, wireColumns(mapping)));
}

/** How the rows of the target are read: each column that the mapping fills. */
export async function readTarget(side: Side, mapping: RowMapping): Promise<Omit<PageSource, "partition">> {
    const fields = wireColumns(mapping).map(({ name }) => name);
    return reader(side, mapping.key.to, [...new Set([mapping.key.to, ...fields])]);
}

async function reader(
    { client, ref }: Side,
    key: string,
    fields: string[],
): Promise<Omit<PageSource, "partition">> {
    const [described, { lite, version }] = await Promise.all([
        describeCollection(client, ref),
        capabilities(client),
    ]);
    return {
        client,
        ref,
        collectionId: described?.collectionId,
        fields,
        key,
        // milvus-lite before 3 does not tell its version, and reads `\n` in a filter as the letter n.
        lineBreaks: lite && version === undefined ? "itself" : "letter",
    };
}
