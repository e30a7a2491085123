import { byMeaning, expectEveryCell, expectSameColumn, expectSameKeys, type Table } from "./table";
import { filled, kept } from "./exampleCollection";

/** The server holds exactly what was sent: floats and integers bit for bit, JSON by its meaning. */
export function expectStored(sent: Table, stored: Table, json: readonly string[]): void {
    expectSameKeys(sent, stored);
    for (const name of sent.columns.keys()) {
        if (json.includes(name)) {
            for (const table of [sent, stored])
                table.columns.set(`${name} means`, byMeaning(table.column(name)));
            expectSameColumn(sent, `${name} means`, stored);
        } else expectSameColumn(sent, name, stored);
    }
}

/** Every row exists once, every kept value is identical bit for bit, every new field is filled as declared. */
export function expectCarried(
    was: Table,
    is: Table,
    names: Record<string, string> = kept,
    fills: Record<string, string> = filled,
): void {
    expectSameKeys(was, is);
    for (const [from, to] of Object.entries(names)) expectSameColumn(was, from, is, to);
    for (const [name, cell] of Object.entries(fills)) expectEveryCell(is, name, cell);
}
