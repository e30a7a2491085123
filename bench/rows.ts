import type { MilvusClient } from "../provider/milvus/transport/client";
import { sendInsert } from "../provider/milvus/rows/inserts";
import { columnOfValues, insertRequest, type WireColumn } from "../provider/wire";
import { Random } from "../test/support/data/random";
import { dynamicKey, type Size } from "./schema";

/** Rows per insert: a few megabytes, whatever the dimension. */
function batchRows(dim: number): number {
    return Math.max(512, Math.floor((8 * 2 ** 20) / (dim * 4 + 200)));
}

/** A pool of components: each row gets a different slice, without generating a vector per row. */
const POOL = 1 << 20;

type Target = Omit<WireColumn, "source">;
const plain = { nullable: false, hasDefault: false };

/** Inserts generated rows, identical in every run, with unordered keys. */
export async function insertRows(
    client: MilvusClient,
    collection: string,
    { rows, dim }: Size,
): Promise<void> {
    const random = new Random(1);
    const pool = Float32Array.from({ length: POOL + dim }, () => random.bits() / 2 ** 31 - 1);
    const vector = (row: number) =>
        new Uint8Array(pool.buffer, (Math.imul(row, 40_503) & (POOL - 1)) * 4, dim * 4);
    const columns: [Target, (row: number) => unknown][] = [
        [{ name: "id", dataType: "Int64", ...plain }, keyOf],
        [{ name: "vector", dataType: "FloatVector", dim, ...plain }, vector],
        [{ name: "title", dataType: "VarChar", ...plain }, (row) => `a title of some words, number ${row}`],
        [{ name: "price", dataType: "Double", ...plain }, (row) => row / 7],
        [{ name: "page_num", dataType: "Int32", ...plain }, (row) => row % 1_000],
        [{ name: "metadata", dataType: "JSON", ...plain }, (row) => ({ source: "web", rank: row })],
        [{ name: "draft", dataType: "VarChar", ...plain }, (row) => `draft ${row % 100}`],
        [
            { name: "$meta", dataType: "JSON", isDynamic: true, ...plain },
            (row) => ({ [dynamicKey]: `t${row % 10}` }),
        ],
    ];
    const to = { dbName: client.database, collectionName: collection };
    const step = batchRows(dim);
    for (let from = 0; from < rows; from += step) {
        const count = Math.min(step, rows - from);
        const place = Array.from({ length: count }, (_, at) => from + at);
        const made = columns.map(([target, value]) => columnOfValues(target, place.map(value)));
        await sendInsert(client, collection, insertRequest(to, made, count), count);
    }
}

/** A unique key above 0 and below 2^32: the row's number times an odd number, modulo 2^32. */
function keyOf(row: number): number {
    return Math.imul(row + 1, 2_654_435_761) >>> 0;
}
