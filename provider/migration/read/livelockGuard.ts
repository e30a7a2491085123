/**
 * Ends a pass that would follow a writer forever: applying a page of new rows takes time, in which the writer adds
 * more. After several short pages with nothing but new rows, the rest is left to the next pass.
 */
export class LivelockGuard {
    private pages = 0;

    /** True if the pass has followed long enough. `news`: every row of the page was new. */
    isOver({ short }: { short: boolean }, news: boolean): boolean {
        this.pages = news && short ? this.pages + 1 : 0;
        return this.pages >= MOST_SHORT;
    }
}

const MOST_SHORT = 8;
