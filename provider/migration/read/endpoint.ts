import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, describeCollection } from "../../milvus/collection/collections";
import type { PageSource } from "../../milvus/rows/pages";
import { readPoint } from "../../milvus/rows/readPoint";
import { countRows } from "../../milvus/rows/rows";
import { capabilities } from "../../observe/capabilities";
import { lineBreaksOf } from "../../observe/reader";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { sourceFields, wireColumns } from "./wireColumns";
import type { Range } from "../keys/keyRanges";

/** A collection that rows are read from or written to. */
export interface Endpoint {
    client: MilvusClient;
    ref: CollectionRef;
}

/** Rows that are read in the order of their keys, one way after the other: all of them, or a partition each. */
export function partitionsToRead(partitions: PartitionMapping): (string | undefined)[] {
    return partitions.kind === "together" ? [undefined] : partitions.carried;
}

/** The same as ranges of all their keys; each may hold up to `rows`. */
export function fullRanges(partitions: PartitionMapping, rows: number): Range[] {
    const open = { begin: undefined, after: undefined, upTo: undefined, copied: undefined };
    return partitionsToRead(partitions).map((partition) => ({ ...open, partition, left: rows, done: true }));
}

/**
 * Rows that the server counts in what the mapping carries, each version of a key; those of partitions that are dropped
 * are none. Milvus counts what is loaded.
 */
export async function countCarried({ client, ref }: Endpoint, partitions: PartitionMapping): Promise<number> {
    let counted = await countRows(client, ref);
    for (const partition of partitions.kind === "by-name" ? partitions.dropped : [])
        counted -= await countRows(client, ref, "", [partition]);
    return counted;
}

/** How the rows of the source are read, in what the mapping needs. */
export async function readSource(
    endpoint: Endpoint,
    mapping: RowMapping,
    /** Every field that can be read, for a transform sees the whole row. */
    whole = false,
): Promise<Omit<PageSource, "partition">> {
    const source = await reader(endpoint, mapping.key.from, sourceFields(mapping, wireColumns(mapping)));
    if (!whole) return source;
    const described = await describeCollection(endpoint.client, endpoint.ref);
    const readable = (described?.fields ?? []).filter(({ isFunctionOutput }) => !isFunctionOutput);
    const all = [
        ...source.fields,
        ...readable.map(({ name }) => name),
        ...(described?.enableDynamicField ? ["$meta"] : []),
    ];
    return { ...source, fields: [...new Set(all)] };
}

/** How the rows of the target are read: each column that the mapping fills. */
export async function readTarget(
    endpoint: Endpoint,
    mapping: RowMapping,
): Promise<Omit<PageSource, "partition">> {
    const fields = wireColumns(mapping).map(({ name }) => name);
    return reader(endpoint, mapping.key.to, [...new Set([mapping.key.to, ...fields])]);
}

/** Of all pages that are read at once: what a migration takes of memory, whatever the size of the collection. */
const PAGES_BYTES = 32 * 2 ** 20;

/** How large the pages of one range are while so many are read at once; each is inserted in one batch. */
export function pageBytes(batchBytes: number, workers: number): number {
    return Math.min(batchBytes, PAGES_BYTES / workers);
}

/**
 * How many ranges are worth reading at once: Milvus answers them on several cores and nodes, milvus-lite on the one of
 * its Python. More of them have smaller pages: measured on two cores, Milvus 2.3.5 is a sixth faster with four than with
 * eight, for less CPU of the client and less memory.
 */
export async function workersOn(client: MilvusClient): Promise<number> {
    return (await capabilities(client)).lite ? 1 : 4;
}

async function reader(
    { client, ref }: Endpoint,
    key: string,
    fields: string[],
): Promise<Omit<PageSource, "partition">> {
    const [described, able, point] = await Promise.all([
        describeCollection(client, ref),
        capabilities(client),
        readPoint(client),
    ]);
    return {
        client,
        ref,
        collectionId: described?.collectionId,
        fields,
        key,
        readPoint: point,
        lineBreaks: lineBreaksOf(able),
    };
}
