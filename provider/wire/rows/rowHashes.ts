import { type Cells, cellsOf } from "../cell/cells";
import type { Column } from "../column/column";
import { writeMeaning } from "../json/meaning";
import { type Hash128, addHash, sealHash } from "../encoding/murmur";
import { viewOf } from "../encoding/view";

/** A 128-bit hash of each row, four words per row. */
export interface RowHashes {
    rows: number;
    words: Uint32Array;
}

/**
 * Hashes the rows of the columns, each under the name of its field in the target. Equal rows have equal hashes,
 * independent of column order, packing and JSON formatting; NULL and a missing column are equal.
 * @param leaveOut columns that are not compared: a regenerated key, the output of a function.
 * @throws WireError as `cellsOf`.
 */
export function hashRows(
    columns: readonly Column[],
    rows: number,
    leaveOut: ReadonlySet<string> = new Set(),
): RowHashes {
    const words = new Uint32Array(rows * 4);
    for (const column of columns) {
        if (leaveOut.has(column.name)) continue;
        for (const cells of cellsOf(column, rows)) addColumn(words, cells);
    }
    for (let at = 0; at < words.length; at += 4) sealHash(words, at);
    return { rows, words };
}

/** True if row `rowA` of one page and row `rowB` of another have the same hash. */
export function sameRow(a: RowHashes, rowA: number, b: RowHashes, rowB: number): boolean {
    for (let i = 0; i < 4; i++) if (a.words[rowA * 4 + i] !== b.words[rowB * 4 + i]) return false;
    return true;
}

function addColumn(words: Uint32Array, { name, json, body, starts, ends }: Cells): void {
    const seed = seedOf(name);
    const view = viewOf(body);
    for (let row = 0; row < starts.length; row++) {
        const start = starts[row]!;
        if (start < 0) continue;
        const end = ends[row]!;
        if (json) {
            const meaning = writeMeaning(body, start, end);
            addHash(meaning.view, 0, meaning.length, seed, words, row * 4);
        } else addHash(view, start, end, seed, words, row * 4);
    }
}

/** The seed comes from the column's name: two fields that swap their values change the hash. */
function seedOf(name: string): Hash128 {
    const bytes = Buffer.from(name, "utf8");
    const words = new Uint32Array(4);
    addHash(viewOf(bytes), 0, bytes.length, [1, 2, 3, 4], words, 0);
    return [words[0]! | 0, words[1]! | 0, words[2]! | 0, words[3]! | 0];
}
