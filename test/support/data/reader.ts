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
    /** Rows a page. Milvus gives 16,384 at most; milvus-lite 3 gives all, and takes as long for a few. */
    pageRows?: number;
}

const smallest = String(-(2n ** 63n));

/** Every row of a collection, sorted; read and decoded in another way than the provider's, so that it can prove it wrong. */
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
        // Up to the last key that stands in a filter as it is: so nothing hangs on the escaping of keys.
        const last = keys.findLastIndex((one) => /^[-\w]+$/.test(one) && one !== smallest);
        const taken = last < 0 ? keys.length : last + 1;
        if (taken > 0)
            for (const { name } of fields) table.add(name, toCells(columns.get(name)!).slice(0, taken));
        // Only what has no such key comes last: a few odd rows, or none.
        if (last < 0) return table.sorted();
        filter = `${key.name} > ${key.dataType === "VarChar" ? `"${keys[last]!}"` : keys[last]!}`;
    }
}
