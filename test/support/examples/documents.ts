import { describeAlias } from "../../../provider/milvus/collection/aliases";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import type { FieldArguments } from "../data/field";
import { readRows } from "../data/reader";
import { insertRows } from "../data/rows";
import { expectEveryCell, expectSameColumn, expectSameKeys, type Table } from "../data/table";

const kept: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 8 },
    { name: "text", dataType: "VarChar", maxLength: 1024 },
];

/** What the examples of documents declare with `schema` v1, and with v2. */
export const v1: readonly FieldArguments[] = [...kept, { name: "page_num", dataType: "Int32" }];
export const v2: readonly FieldArguments[] = [
    ...kept,
    { name: "page", dataType: "Int32" },
    { name: "lang", dataType: "VarChar", maxLength: 8 },
];

const count = 2_000;

/** Inserts rows through a name, as clients do, and returns them as they are read. */
export async function insertDocuments(
    client: MilvusClient,
    collection: string,
    { from = 0, seed = 1, fields = v1 } = {},
): Promise<Table> {
    const keys = Array.from({ length: count }, (_, at) => String(from + at));
    await insertRows({ client, collection, fields, keys, seed });
    return readRows({ client, collection, fields });
}

/** Every row has moved: its page under the new name, and a language. */
export async function expectMigrated(client: MilvusClient, collection: string, before: Table): Promise<void> {
    const after = await readRows({ client, collection, fields: v2 });
    expectSameKeys(before, after);
    for (const { name } of kept) expectSameColumn(before, name, after);
    expectSameColumn(before, "page_num", after, "page");
    expectEveryCell(after, "lang", "en");
}

export const aliasTarget = (client: MilvusClient, alias: string): Promise<string | undefined> =>
    describeAlias(client, { database: undefined, alias });
