import type { MilvusClient } from "../../../provider/milvus/transport/client";
import type { Message } from "../../../provider/milvus/transport/protocol";
import type { CollectionArgs } from "../../../sdk/args";
import { toCells } from "../data/fieldData";
import type { FieldArguments } from "../data/field";
import { readRows } from "../data/reader";
import { collectionOf, DIM, fieldsData, type Version } from "./rows";
import type { Oracle } from "./writer";

/** The dimension of the other embedding model. */
const OTHER_DIM = 2 * DIM;

/** The other model's vector: that of the first one, most of it once more, and a number that says who computed it. */
function other(vector: readonly number[], by: number): number[] {
    return [...vector, ...vector.slice(0, DIM - 1), by];
}

/**
 * The other model as a module of the program: it takes its time, it counts its rows in the last component, and a file says
 * which rows it was asked for.
 */
export const embedModule = `const fs = require("node:fs");
const path = require("node:path");
let row = (process.pid % 100) * 100_000;
exports.default = async (rows) => {
    await new Promise((done) => setTimeout(done, 5));
    const made = rows.map(({ vector }) => ({ vector: [...vector, ...vector.slice(0, ${DIM - 1}), ++row] }));
    const lines = rows.map(({ id, version }, at) => [id, version, made[at].vector.at(-1)].join(" ") + "\\n");
    fs.appendFileSync(path.join(__dirname, "asked"), lines.join(""));
    return made;
};
`;

/** The same collection before the change of the model and after it. */
export const embedded = (isOther: boolean): CollectionArgs => {
    const args = collectionOf(64);
    const fields = args.fields as FieldArguments[];
    return {
        ...args,
        fields: fields.map((field) =>
            isOther && field.name === "vector" ? { ...field, dim: OTHER_DIM } : field,
        ),
    };
};

/** The collection with a key that the server generates; clients know their rows by `id`. */
export const keyless = (isOther: boolean): CollectionArgs => {
    const args = collectionOf(isOther ? 128 : 64);
    const [id, ...fields] = args.fields as FieldArguments[];
    const pk = { name: "pk", dataType: "Int64", isPrimaryKey: true, autoId: true };
    return {
        ...args,
        fields: [pk, { ...id, isPrimaryKey: false }, ...fields] as CollectionArgs["fields"],
    };
};

/** What clients send once they use the other model. */
export function otherForm(rows: readonly Version[]): Message[] {
    return fieldsData(rows).map((column) => {
        if (column.field_name !== "vector") return column;
        const { float_vector } = column.vectors as { float_vector: { data: number[] } };
        const data = rows.flatMap((_, row) => other(float_vector.data.slice(row * DIM, (row + 1) * DIM), 0));
        return { ...column, vectors: { dim: String(OTHER_DIM), float_vector: { data } } };
    });
}

/** Rows that differ from the clients' records, by `id`. */
export interface WrongRows {
    lost: string[];
    resurrected: string[];
    stale: string[];
    /** Present more than once. */
    doubled: string[];
}

/** Compares every bit of every row with the acknowledged state. Returns the last component of each vector, too. */
export async function compareMade(
    client: MilvusClient,
    collection: string,
    args: CollectionArgs,
    oracle: Oracle,
): Promise<{ wrong: WrongRows; by: Map<string, number> }> {
    const fields = args.fields as FieldArguments[];
    const isOther = fields.some(({ dim }) => dim === OTHER_DIM);
    const there = await readRows({ client, collection, fields });
    const ids = there.column("id");
    const versions = ids.map((id) => ({ key: BigInt(id), version: oracle.get(BigInt(id)) ?? 0 }));
    const wanted = isOther ? otherForm(versions) : fieldsData(versions);
    const wrong: WrongRows = { lost: [], resurrected: [], stale: [], doubled: [] };
    const by = new Map<string, number>();
    const columns = wanted.map((column) => ({
        is: there.column(column.field_name as string).map(cellOf),
        should: toCells(column).map(cellOf),
    }));
    function cellOf(cell: string): string {
        // The last component is compared by the caller.
        return isOther && cell.length >= OTHER_DIM * 8 ? cell.slice(0, -8) : cell;
    }
    for (const [row, id] of ids.entries()) {
        const last = Buffer.from(there.column("vector")[row]!.slice(-8), "hex").readFloatLE();
        if (by.has(id)) wrong.doubled.push(id);
        by.set(id, last);
        if (!oracle.has(BigInt(id))) wrong.resurrected.push(id);
        else if (columns.some(({ is, should }) => is[row] !== should[row])) wrong.stale.push(id);
    }
    for (const key of oracle.keys()) if (!by.has(String(key))) wrong.lost.push(String(key));
    return { wrong, by };
}

export const nothingWrong: WrongRows = { lost: [], resurrected: [], stale: [], doubled: [] };
