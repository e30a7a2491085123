import type { MilvusClient } from "../milvus/transport/client";
import { nextPage } from "../milvus/rows/pages";
import { estimateReader } from "./reader";
import type { Estimate, ObservedCollection } from "./state";

/** Enough rows to estimate the size of a row, and few enough to read quickly. */
const SAMPLE_ROWS = 1_024;

/** Measurements of a sample, as estimates for all rows. */
export interface Sample {
    rows: number;
    /** Bytes of a row on the wire. */
    bytesPerRow: number;
    /** Seconds to read one row as part of a page. */
    secondsPerRow: number;
}

/**
 * Reads one page of a loaded collection and measures it; undefined where it is not loaded or has no rows. The page has the
 * first rows by key, so the estimate is too low where later rows are larger.
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
    const begin = now();
    const page = await nextPage(reader, {}, SAMPLE_ROWS);
    if (page.rows === 0) return undefined;
    const bytes = page.columns.reduce((total, column) => total + column.bytes.length, 0);
    return {
        rows: page.rows,
        bytesPerRow: bytes / page.rows,
        secondsPerRow: (now() - begin) / 1000 / page.rows,
    };
}

/**
 * Estimates the duration of a migration: each row is read once for the copy and twice for the verification, and inserted,
 * which costs about as much as reading it (Milvus 2.3.5 and milvus-lite, measured).
 */
export function estimate({ secondsPerRow }: Sample, rows: number, verify: "full" | "count"): Estimate {
    const once = rows * secondsPerRow;
    return { seconds: once * (verify === "full" ? 4 : 2), passSeconds: once };
}
