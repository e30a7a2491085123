import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { loadCollection, loadState, releaseCollection } from "../../../provider/milvus/collection/loading";
import { dynamicField } from "../data/field";
import { readRows } from "../data/reader";
import { Table } from "../data/table";
import type { Dialect } from "./dialect";
import { readCell, writeCell } from "./cells";
import { type Expected, meaningOf, partitionsOf, type Rows } from "./model";
import type { Program } from "./program";

/** All rows of a collection by partition; a collection that is not loaded is loaded to read it. */
export async function rowsOf(
    client: MilvusClient,
    collection: string,
    program: Program,
    dialect: Dialect,
): Promise<Rows> {
    const ref = { database: undefined, name: collection };
    const released = (await loadState(client, ref)) !== "loaded";
    if (released) await loadCollection(client, ref, { replicas: 1, resourceGroups: [] });
    const fields = program.enableDynamicField ? [...program.fields, dynamicField] : program.fields;
    const rows: Rows = new Map();
    for (const partition of partitionsOf(program, dialect)) {
        const table = await readRows({ client, collection, fields, ...(partition && { partition }) });
        rows.set(partition, withOneNaN(table, program));
    }
    if (released) await releaseCollection(client, ref);
    return rows;
}

/** Milvus 2.3.5 returns another NaN for that of a Double once the row was stored and loaded again. */
function withOneNaN(table: Table, { fields }: Program): Table {
    const same = new Table(table.key);
    for (const [name, cells] of table.columns) {
        const field = fields.find((one) => one.name === name && ["Float", "Double"].includes(one.dataType));
        same.add(
            name,
            cells.map((cell) =>
                field && Number.isNaN(readCell(cell, field)) ? writeCell(NaN, field) : cell,
            ),
        );
    }
    return same;
}

/** Reports the first cell that differs, with its row and field. */
export function expectRows(actual: Rows, { rows, columns, regenerated }: Expected): void {
    expect([...actual.keys()], "partitions").to.deep.equal([...rows.keys()]);
    for (const [partition, wanted] of rows) {
        const is = actual.get(partition)!;
        expect(is.rows, `rows in ${partition}`).to.equal(wanted.rows);
        if (wanted.rows === 0) continue;
        const counted = columns.filter(({ to }) => !(regenerated && to.isPrimaryKey));
        const texts = (table: Table) =>
            counted.map((column) => table.column(column.to.name).map((cell) => meaningOf(cell, column)));
        const [a, b] = [texts(is), texts(regenerated ? wanted : wanted.sorted())].map((cells) =>
            regenerated
                ? [is.keys.map((_, row) => JSON.stringify(cells.map((column) => column[row]))).sort()]
                : cells,
        );
        for (const [at, column] of b!.entries()) {
            const row = column.findIndex((cell, place) => cell !== a![at]![place]);
            const where = regenerated ? "a row" : `${counted[at]!.to.name} of the row ${is.keys[row] ?? ""}`;
            if (row >= 0) expect(a![at]![row], where).to.equal(column[row]);
        }
    }
}
