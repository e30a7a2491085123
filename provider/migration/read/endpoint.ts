import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, describeCollection } from "../../milvus/collection/collections";
import type { PageSource } from "../../milvus/rows/pages";
import { readPoint } from "../../milvus/rows/readPoint";
import { countRows } from "../../milvus/rows/rows";
import { lineBreaksOf } from "../../observe/reader";
import type { Capabilities } from "../../observe/state";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { sourceFields, transformColumns, wireColumns } from "./wireColumns";
import type { Range } from "../keys/keyRanges";

/** A collection that rows are read from or written to, and what its server can do. */
export interface Endpoint {
    client: MilvusClient;
    capabilities: Capabilities;
    ref: CollectionRef;
}

/** The partitions that are read separately, each in key order; undefined stands for all rows together. */
export function partitionsToRead(partitions: PartitionMapping): (string | undefined)[] {
    return partitions.kind === "together" ? [undefined] : partitions.carried;
}

/** The same partitions as ranges that cover all their keys; `rows` is the estimate for each. */
export function fullRanges(partitions: PartitionMapping, rows: number): Range[] {
    const open = { begin: undefined, after: undefined, upTo: undefined, copied: undefined };
    return partitionsToRead(partitions).map((partition) => ({ ...open, partition, left: rows, done: true }));
}

/**
 * The server's row count of what the mapping carries over, including every version of a key and excluding dropped
 * partitions. Milvus counts only loaded partitions.
 */
export async function countCarried({ client, ref }: Endpoint, partitions: PartitionMapping): Promise<number> {
    let counted = await countRows(client, ref);
    for (const partition of partitions.kind === "by-name" ? partitions.dropped : [])
        counted -= await countRows(client, ref, "", [partition]);
    return counted;
}

/** The page source of the rows of the source, with the columns that the mapping needs. */
export async function readSource(
    endpoint: Endpoint,
    mapping: RowMapping,
    /** True for every readable field, because a transform gets the complete row. */
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

/** The page source of the rows of the target, with each column that the mapping fills. */
export async function readTarget(
    endpoint: Endpoint,
    mapping: RowMapping,
    /** True for the columns that a transform computes, too. */
    whole = false,
): Promise<Omit<PageSource, "partition">> {
    const filled = [...wireColumns(mapping), ...(whole ? transformColumns(mapping) : [])];
    const fields = filled.map(({ name }) => name);
    return reader(endpoint, mapping.key.to, [...new Set([mapping.key.to, ...fields])]);
}

/**
 * The size of all pages that are read at once. It bounds the memory of a migration, whatever the size of the
 * collection.
 */
const PAGES_BYTES = 32 * 2 ** 20;

/** The page size of one range in bytes while `workers` ranges are read at once; each page is one insert. */
export function pageBytes(batchBytes: number, workers: number): number {
    return Math.min(batchBytes, PAGES_BYTES / workers);
}

/**
 * The number of ranges to read at once. Milvus answers them on several cores and nodes, milvus-lite on the one core of
 * its Python process. More ranges have smaller pages: on two cores Milvus 2.3.5 is a sixth faster with four than with
 * eight, with less client CPU and less memory (measured).
 */
export function workersOn({ capabilities }: Endpoint): number {
    return capabilities.lite ? 1 : 4;
}

async function reader(
    { client, capabilities, ref }: Endpoint,
    key: string,
    fields: string[],
): Promise<Omit<PageSource, "partition">> {
    const [described, point] = await Promise.all([describeCollection(client, ref), readPoint(client)]);
    return {
        client,
        ref,
        collectionId: described?.collectionId,
        fields,
        key,
        readPoint: point,
        learned: {},
        lineBreaks: lineBreaksOf(capabilities),
    };
}
