import type { Page } from "../milvus/wire";
import { rowsPerPage } from "./rowsPerPage";

/** Before the first answer nobody knows how large a row is; a small page tells. */
const FIRST_ROWS = 512;
/** A sixth of the deadline of a call with rows. A page that takes longer, to be read or to be sent on, is too large. */
const SLOW_MS = 20_000;
const LEAST_SHARE = 1 / 64;

/**
 * How many rows the next page is asked for: as many as `bytes` hold, by the rows of the last one; on a slow server fewer,
 * so that calls end long before their deadline, until they are quick again.
 */
export class PageSize {
    private share = 1;
    limit = FIRST_ROWS;

    constructor(private readonly bytes: number) {}

    /** `ms`: what the slower of reading the page before and sending it on took. */
    learn(page: Page, ms: number): number {
        if (ms > SLOW_MS) this.share = Math.max(LEAST_SHARE, this.share / 2);
        else if (ms < SLOW_MS / 4) this.share = Math.min(1, this.share * 2);
        return (this.limit = Math.max(1, Math.floor(rowsPerPage(page, this.bytes) * this.share)));
    }
}
