import { PAGE_ROWS } from "../../milvus/rows/pages";
import type { Page } from "../../wire";

/** The size of a row is unknown before the first answer, so the first page is small. */
const FIRST_ROWS = 512;
/** A sixth of the deadline of a call with rows. A page is too large if reading it, or sending it on, takes longer. */
const SLOW_MS = 20_000;
const LEAST_SHARE = 1 / 64;
/**
 * The maximum number of rows of an answer: short rows cost more memory than their bytes. With 8 dimensions 2,000,000
 * rows take 219 MB with this limit and 303 MB without it, and 200,000 rows take 192 MB (2.3.5). The copy is as fast,
 * the comparison 8 % slower. Half of the limit makes the comparison 50 % slower.
 */
const MOST_ROWS = 2 * PAGE_ROWS;
/** The factor by which the remembered excess shrinks with each answer that has less of it. */
const FADES = 0.8;

/**
 * The number of rows to request for the next page: as many as `bytes` hold, measured by the rows of the last page, and
 * at most 32,768, or `mostRows`. While the server is slow the number is smaller, so that calls end long before their deadline.
 *
 * Milvus returns more rows than requested: up to the limit from each segment, as long as their order is certain
 * (measured on 2.3.5: 90,000 for a limit of 16,384 with 2,000,000 rows). The limit shrinks accordingly.
 */
export class PageSize {
    private share = 1;
    private excess = 0;
    limit: number;

    constructor(
        private readonly bytes: number,
        private readonly mostRows = Infinity,
    ) {
        this.limit = Math.min(FIRST_ROWS, mostRows);
    }

    /**
     * Adapts the size to an answer. `asked`: the requested number of rows; `ms`: the slower of reading the previous
     * page and sending it on.
     */
    learn({ rows, columns }: Page, { asked, ms }: { asked: number; ms: number }): number {
        if (ms > SLOW_MS) this.share = Math.max(LEAST_SHARE, this.share / 2);
        else if (ms < SLOW_MS / 4) this.share = Math.min(1, this.share * 2);
        this.excess = Math.max(rows / asked - 1, this.excess * FADES);
        const size = columns.reduce((total, column) => total + column.bytes.length, 0);
        const wanted = Math.min(MOST_ROWS, (this.bytes * rows) / size) * this.share;
        const rowsAsked = Math.min(wanted, this.mostRows) / (1 + this.excess);
        return (this.limit = Math.max(1, Math.min(PAGE_ROWS, Math.floor(rowsAsked))));
    }
}
