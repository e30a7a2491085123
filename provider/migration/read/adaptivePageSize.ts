import { PAGE_ROWS } from "../../milvus/rows/pages";
import type { Page } from "../../wire";

/** Before the first answer nobody knows how large a row is; a small page tells. */
const FIRST_ROWS = 512;
/** A sixth of the deadline of a call with rows. A page that takes longer, to be read or to be sent on, is too large. */
const SLOW_MS = 20_000;
const LEAST_SHARE = 1 / 64;
/**
 * Of an answer: short rows cost more memory beside their bytes. With 8 dimensions 2,000,000 rows take 219 MB by it in the
 * place of 303, and 200,000 take 192 (2.3.5); copying is as fast, comparing 8 % slower. With half of it: 50 %.
 */
const MOST_ROWS = 2 * PAGE_ROWS;
/** What is left of an answer's excess with each one that has less of it. */
const FADES = 0.8;

/**
 * How many rows the next page is asked for: as many as `bytes` hold, by the rows of the last one, 32,768 at most; on a
 * slow server fewer, so that calls end long before their deadline, until they are quick again.
 *
 * Milvus answers with more rows than it was asked for: up to the limit from each segment, as far as their order is sure
 * (measured on 2.3.5: 90,000 of 16,384 with 2,000,000 rows). It is asked for as much less.
 */
export class PageSize {
    private share = 1;
    private excess = 0;
    limit = FIRST_ROWS;

    constructor(private readonly bytes: number) {}

    /**
     * Learns from an answer as it came. `asked`: how many rows were asked for; `ms`: what the slower of reading the page
     * before and sending it on took.
     */
    learn({ rows, columns }: Page, { asked, ms }: { asked: number; ms: number }): number {
        if (ms > SLOW_MS) this.share = Math.max(LEAST_SHARE, this.share / 2);
        else if (ms < SLOW_MS / 4) this.share = Math.min(1, this.share * 2);
        this.excess = Math.max(rows / asked - 1, this.excess * FADES);
        const size = columns.reduce((total, column) => total + column.bytes.length, 0);
        const wanted = Math.min(MOST_ROWS, (this.bytes * rows) / size) * this.share;
        return (this.limit = Math.max(1, Math.min(PAGE_ROWS, Math.floor(wanted / (1 + this.excess)))));
    }
}
