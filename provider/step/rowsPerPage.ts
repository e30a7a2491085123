import { PAGE_ROWS } from "../milvus/pages";
import type { Page } from "../milvus/wire";

/** How many rows like those of a page `bytes` hold, at least one and at most a page of the server. */
export function rowsPerPage(page: Page, bytes: number): number {
    const size = page.columns.reduce((total, column) => total + column.bytes.length, 0);
    // Columns that were cut have no bytes of their own; their page was large enough to be cut.
    if (size === 0) return PAGE_ROWS;
    return Math.max(1, Math.min(PAGE_ROWS, Math.floor((bytes * page.rows) / size)));
}
