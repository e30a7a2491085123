/**
 * Ends a pass that would follow a writer for ever: each page of new rows takes a while to bring over, and meanwhile there
 * are more. So many short pages of nothing but new rows, and the rest is for the next pass.
 */
export class LivelockGuard {
    private pages = 0;

    /** True where the pass has followed long enough. `news` tells that every row of the page was new. */
    isOver({ short }: { short: boolean }, news: boolean): boolean {
        this.pages = news && short ? this.pages + 1 : 0;
        return this.pages >= MOST_SHORT;
    }
}

const MOST_SHORT = 8;
