/** What a contender is told, as JSON in its first argument. */
export interface Job {
    address: string;
    /** The collection to read, loaded. */
    source: string;
    /** An empty collection to write to; the article's algorithm makes its own. */
    target: string;
    rows: number;
    dim: number;
    /** Ranges or requests at once, for the limits. */
    workers: number;
    /** Rows a page for contenders that page by rows. */
    batch: number;
    /** The folder in which the server keeps its objects, for an import. */
    storage?: string;
}

/** What it answers, as JSON in its last line: each part of its work under a name. */
export type Answer = Record<string, Phase>;

/** A part of the work in one process. CPU and memory are the client's alone. */
export interface Phase {
    rows: number;
    seconds: number;
    /** User and system time. */
    cpuSeconds: number;
    /** The most that was resident up to the end of the phase. */
    peakBytes: number;
}
