import type { MilvusClient } from "../milvus/transport/client";
import { nextPage, PAGE_ROWS } from "../milvus/rows/pages";
import { isFieldNotLoaded } from "../milvus/transport/errors";
import { estimateReader } from "./reader";
import type { Estimate, ObservedCollection } from "./state";

/** Enough rows to estimate the size of a row, and few enough to read quickly. */
const SAMPLE_ROWS = 1_024;
/** About what a page of the copy holds. */
const PAGE_BYTES = 16 * 1024 * 1024;

/** Measurements of a sample, as estimates for all rows. */
export interface Sample {
    rows: number;
    /** Bytes of a row on the wire. */
    bytesPerRow: number;
    /** Seconds for a page of any size: milvus-lite looks at all rows for each. */
    secondsPerPage: number;
    /** Seconds that each row adds to its page. */
    secondsPerRow: number;
}

/**
 * Reads a row and then a page of a loaded collection and measures them; undefined where it is not loaded or has no rows. The
 * page has the first rows by key, so the estimate is too low where later rows are larger.
 */
export async function sampleRows(
    client: MilvusClient,
    source: ObservedCollection,
    now: () => number = () => performance.now(),
): Promise<Sample | undefined> {
    // The rows of some partitions are as good a sample as the first rows by key.
    if (source.loadState !== "loaded" && source.loadState !== "partly-loaded") return undefined;
    const readable = source.fields
        .filter(({ isFunctionOutput }) => !isFunctionOutput)
        .map(({ name }) => name);
    const fields = source.enableDynamicField ? [...readable, "$meta"] : readable;
    const reader = await estimateReader(client, source, fields);
    if (!reader) return undefined;
    const began = now();
    const first = await nextPage(reader, {}, 1).catch((error: unknown) => {
        // A run that copies the rows loads the field first.
        if (isFieldNotLoaded(error)) return undefined;
        throw error;
    });
    if (!first) return undefined;
    const small = now();
    const page = await nextPage(reader, {}, SAMPLE_ROWS);
    if (page.rows === 0) return undefined;
    const [once, whole] = [(small - began) / 1000, (now() - small) / 1000];
    const bytes = page.columns.reduce((total, column) => total + column.bytes.length, 0);
    const secondsPerPage = Math.min(once, whole);
    return {
        rows: page.rows,
        bytesPerRow: bytes / page.rows,
        secondsPerPage,
        secondsPerRow: (whole - secondsPerPage) / page.rows,
    };
}

/** What a migration is told that changes its duration. */
export interface Pace {
    verify: "full" | "count";
    maxRowsPerSecond?: number | undefined;
    /** Seconds. */
    grace: number;
}

/**
 * What each run takes besides its rows, in seconds: the start of the program and the provider, and on Milvus the flush, the
 * index and the load, which its coordinators look at once a second (2.3.5). The constants are estimates, not measurements.
 */
const FIXED = { milvus: 12, lite: 4 };
/** Seconds to build an index of as many bytes of rows, on two cores, which the server shares. */
const INDEX_BYTES_PER_SECOND = 8 * 1024 * 1024;

/**
 * Estimates the duration of a migration: each row is read once for the copy, twice for the verification, twice for the pass
 * before the drop, and inserted, which costs about as much as reading it (Milvus 2.3.5 and milvus-lite, measured).
 */
export function estimate(
    sample: Sample,
    rows: number,
    { verify, maxRowsPerSecond, grace }: Pace,
    { lite }: { lite: boolean },
): Estimate {
    const pageRows = Math.max(1, Math.min(PAGE_ROWS, PAGE_BYTES / sample.bytesPerRow));
    const once = Math.ceil(rows / pageRows) * sample.secondsPerPage + rows * sample.secondsPerRow;
    const copy = Math.max(2 * once, maxRowsPerSecond === undefined ? 0 : rows / maxRowsPerSecond);
    const passes = verify === "full" ? 4 * once : 0;
    const index = (rows * sample.bytesPerRow) / INDEX_BYTES_PER_SECOND;
    const fixed = FIXED[lite ? "lite" : "milvus"];
    return { seconds: fixed + copy + index + passes + grace, passSeconds: once };
}
