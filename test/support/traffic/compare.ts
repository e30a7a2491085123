import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { columnsOf } from "../data/exampleCollection";
import { toCells } from "../data/fieldData";
import { readRows } from "../data/reader";
import { collectionOf, fieldsData } from "./rows";
import type { Oracle } from "./writer";
import type { FieldArguments } from "../data/field";

/** Rows of a collection that differ from the clients' records, by key. */
export interface Wrong {
    /** Acknowledged, but missing. */
    lost: string[];
    /** Deleted, but present. */
    resurrected: string[];
    /** Present in another version than the last acknowledged one, or with values of several. */
    stale: string[];
}

/** Compares every bit of every row with the acknowledged state. */
export async function compareWithOracle(
    client: MilvusClient,
    collection: string,
    oracle: Oracle,
    isDynamic = false,
): Promise<Wrong> {
    const fields = columnsOf({
        fields: collectionOf(64).fields as FieldArguments[],
        enableDynamicField: isDynamic,
    });
    const there = await readRows({ client, collection, fields });
    const wrong: Wrong = { lost: [], resurrected: [], stale: [] };
    const keys = there.keys;
    const wanted = fieldsData(
        keys.map((key) => ({ key: BigInt(key), version: oracle.get(BigInt(key)) ?? 0 })),
        isDynamic,
    );
    const cells = wanted.map((column) => {
        const sides = [there.column(column.field_name as string), toCells(column)] as const;
        // A server that merges the dynamic field rewrites its text.
        return column.is_dynamic ? sides.map((side) => side.map(compact)) : sides;
    });
    keys.forEach((key, row) => {
        if (!oracle.has(BigInt(key))) wrong.resurrected.push(key);
        else if (cells.some(([is, should]) => is[row] !== should[row])) wrong.stale.push(key);
    });
    const found = new Set(keys);
    for (const key of oracle.keys()) if (!found.has(String(key))) wrong.lost.push(String(key));
    return wrong;
}

function compact(json: string): string {
    return json === "NULL" ? json : JSON.stringify(JSON.parse(json));
}
