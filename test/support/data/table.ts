import { expect } from "chai";

/** Rows stored by column: each value is a text that represents every bit. */
export class Table {
    readonly columns = new Map<string, string[]>();

    constructor(readonly key: string) {}

    get keys(): string[] {
        return this.columns.get(this.key) ?? [];
    }

    get rows(): number {
        return this.keys.length;
    }

    column(name: string): string[] {
        const column = this.columns.get(name);
        if (!column) throw new Error(`no column ${name} among ${[...this.columns.keys()].join(", ")}`);
        return column;
    }

    /** Appends rows. */
    add(name: string, cells: readonly string[]): void {
        const column = this.columns.get(name) ?? [];
        this.columns.set(name, column);
        for (const cell of cells) column.push(cell);
    }

    /** The rows sorted by key as text: an order that both sides of a comparison can have. */
    sorted(): Table {
        const { keys } = this;
        const order = keys
            .map((_, row) => row)
            .sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : 0));
        const sorted = new Table(this.key);
        for (const [name, cells] of this.columns)
            sorted.add(
                name,
                order.map((row) => cells[row]!),
            );
        return sorted;
    }
}

/** Both sides have the same keys, each once. */
export function expectSameKeys(before: Table, after: Table): void {
    expect(after.rows, "rows").to.equal(before.rows);
    expect(new Set(after.keys).size, "distinct keys").to.equal(before.rows);
    expectSameColumn(before, before.key, after, after.key);
}

/** Both sorted tables have identical cells; reports the first that differs, because a full list is unreadable. */
export function expectSameColumn(before: Table, from: string, after: Table, to = from): void {
    const [was, is] = [before.column(from), after.column(to)];
    expect(is.length, `values of ${to}`).to.equal(was.length);
    const row = was.findIndex((cell, at) => cell !== is[at]);
    if (row >= 0) expect(is[row], `${to} of the row ${after.keys[row]}`).to.equal(was[row]);
}

export function expectEveryCell(table: Table, column: string, cell: string): void {
    const row = table.column(column).findIndex((other) => other !== cell);
    if (row >= 0) expect(table.column(column)[row], `${column} of the row ${table.keys[row]}`).to.equal(cell);
}

/** JSON by its meaning: a server may reformat it on insert. */
export function byMeaning(cells: readonly string[]): string[] {
    return cells.map((cell) => (cell === "NULL" ? cell : JSON.stringify(inOrder(JSON.parse(cell)))));
}

function inOrder(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(inOrder);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, inOrder(inner)]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
