/** The input of a contender, as JSON in its first argument. */
export interface Job {
    address: string;
    /** The loaded collection to read. */
    source: string;
    /** The empty collection to write to; the article's algorithm creates its own. */
    target: string;
    rows: number;
    dim: number;
    /** Concurrent ranges or requests, for the limits. */
    workers: number;
    /** Rows per page, for contenders that read by page. */
    batch: number;
    /** The folder of the server's objects, for an import. */
    storage?: string;
}

/** The result as JSON in the last line of output: named phases. */
export type Answer = Record<string, Phase>;

/** A phase of the work in one process. CPU and memory are those of the client only. */
export interface Phase {
    rows: number;
    seconds: number;
    /** User and system time. */
    cpuSeconds: number;
    /** The peak of resident memory up to the end of the phase. */
    peakBytes: number;
}
