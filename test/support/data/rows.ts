import { flush } from "../../../provider/milvus/rows/rows";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { toCells, toFieldData } from "./fieldData";
import { keyOf, type FieldArguments } from "./field";
import { Random } from "./random";
import { Table } from "./table";
import { randomValue, type Value } from "./values";

export interface RowsToInsert {
    client: MilvusClient;
    collection: string;
    database?: string;
    partition?: string;
    /** The fields to fill, including `dynamicField` if it is enabled; a field with `autoId` is omitted. */
    fields: readonly FieldArguments[];
    /** Keys in insertion order; without them the server generates the keys of `count` rows. */
    keys?: readonly string[];
    count?: number;
    seed?: number;
    /** Rows per request. */
    batch?: number;
    /** Generates a value of a field; the default is any value that servers accept. */
    value?: (field: FieldArguments, random: Random) => Value;
    /** Flushes after this number of batches, so that rows are in several segments. */
    flushEvery?: number;
}

/** Distributes the keys over partitions, with rows from a different seed for each. */
export async function insertInPartitions(
    rows: RowsToInsert & { keys: readonly string[] },
    partitions: readonly string[],
): Promise<void> {
    const share = Math.ceil(rows.keys.length / partitions.length);
    for (const [at, partition] of partitions.entries())
        await insertRows({
            ...rows,
            partition,
            keys: rows.keys.slice(at * share, (at + 1) * share),
            seed: at + 1,
        });
}

/** Generates rows from a seed, inserts them as encoded requests, and returns them as sent. */
export async function insertRows(rows: RowsToInsert): Promise<Table> {
    const { client, collection, database, fields, batch = 5_000, flushEvery = 5, value = randomValue } = rows;
    const random = new Random(rows.seed ?? 1);
    const count = rows.keys?.length ?? rows.count ?? 0;
    const key = keyOf(fields);
    const sent = new Table(key.name);
    const written = fields.filter(({ autoId }) => !autoId);
    for (let from = 0, batches = 1; from < count; from += batch, batches++) {
        const size = Math.min(batch, count - from);
        const columns = written.map((field) => {
            const values =
                field === key
                    ? rows.keys!.slice(from, from + size)
                    : Array.from({ length: size }, () => value(field, random));
            return toFieldData(field, values);
        });
        for (const column of columns) sent.add(column.field_name as string, toCells(column));
        const request = { collection_name: collection, db_name: database, partition_name: rows.partition };
        await client.call("Insert", { ...request, num_rows: size, fields_data: columns }, { seconds: 120 });
        if (batches % flushEvery === 0) await flush(client, { database, name: collection });
    }
    return sent;
}

/** Milvus 2.3.5 counts a row with this key and never returns it (measured). */
const largestInt64 = String(2n ** 63n - 1n);

/** Int64 keys in random order: the ends of the range (with `largest` also the last key), zero, negative keys and others. */
export function int64Keys(count: number, { largest = false } = {}): string[] {
    const random = new Random(7);
    const ends = [-(2n ** 63n), -(2n ** 63n) + 1n, 2n ** 63n - 2n, 0n, -1n, 1n, 2n ** 53n + 1n];
    const keys = new Set([...ends.map(String), ...(largest ? [largestInt64] : [])]);
    while (keys.size < count) keys.add(String(random.below(2) === 0 ? random.int64() : BigInt(keys.size)));
    return random.shuffle([...keys]);
}

/** VarChar keys in random order: the empty one, and some with quotes, backslashes, whitespace and Unicode letters. */
export function textKeys(count: number): string[] {
    const random = new Random(7);
    const odd = ['"', "'", "\\", '\\"', "\t", " ", "ü", "世", "🌍", "\uffff", "%", "_", "\\n", "\\u0041"];
    const keys = new Set(["", ...odd]);
    while (keys.size < count) {
        const plain = random.bits().toString(36);
        keys.add(random.below(3) === 0 ? `${plain}${random.pick(odd)}${random.pick(odd)}` : plain);
    }
    return random.shuffle([...keys]);
}
