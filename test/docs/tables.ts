import { textOf } from "./pages";

/** The rows of the table at this place of a page, its head first. A cell is its text as it is written. */
export function rowsOf(page: string, place: number): string[][] {
    const tables = textOf(page)
        .split(/\n\n+/)
        .filter((block) => /^\|.*\n\| *:?-/.test(block));
    const table = tables[place];
    if (table === undefined) throw new Error(`${page} has ${tables.length} tables`);
    const [head, , ...rows] = table.trim().split("\n").map(cellsOf);
    return [head!, ...rows];
}

const cellsOf = (line: string): string[] =>
    line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim());
