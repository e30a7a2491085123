import type { MilvusClient } from "../../../provider/milvus/transport/client";
import type { Message } from "../../../provider/milvus/transport/protocol";
import { toCells } from "./fieldData";
import { keyOf, type FieldArguments } from "./field";
import { Table } from "./table";

export interface Reading {
    client: MilvusClient;
    /** A collection or an alias. */
    collection: string;
    database?: string;
    partition?: string;
    fields: readonly FieldArguments[];
    /** Rows per page. Milvus returns at most 16,384; milvus-lite 3 returns all, and takes the same time for a few. */
    pageRows?: number;
}

const smallest = String(-(2n ** 63n));

/**
 * Every row of a collection, sorted. It reads and decodes independently of the provider, so that it can detect the
 * provider's errors.
 */
export async function readRows(reading: Reading): Promise<Table> {
    const { client, collection, database, partition, fields, pageRows = 16_384 } = reading;
    const key = keyOf(fields);
    const table = new Table(key.name);
    for (let filter = ""; ;) {
        const answer = await client.call(
            "Query",
            {
                collection_name: collection,
                db_name: database,
                partition_names: partition === undefined ? [] : [partition],
                expr: filter,
                output_fields: fields.map(({ name }) => name),
                consistency_level: "Strong",
                query_params: [
                    { key: "limit", value: String(pageRows) },
                    { key: "iterator", value: "True" },
                ],
            },
            { seconds: 120 },
        );
        const columns = new Map(
            (answer.fields_data as Message[]).map((column) => [column.field_name as string, column]),
        );
        const keys = columns.has(key.name) ? toCells(columns.get(key.name)!) : [];
        // Up to the last key that needs no escaping in a filter, so that the result does not depend on escaping.
        const last = keys.findLastIndex((one) => /^[-\w]+$/.test(one) && one !== smallest);
        const taken = last < 0 ? keys.length : last + 1;
        if (taken > 0)
            for (const { name } of fields) table.add(name, toCells(columns.get(name)!).slice(0, taken));
        // A page without such a key is the last one: it holds a few odd rows, or none.
        if (last < 0) return table.sorted();
        filter = `${key.name} > ${key.dataType === "VarChar" ? `"${keys[last]!}"` : keys[last]!}`;
    }
}
