import type { MilvusClient } from "../milvus/transport/client";
import { nextPage } from "../milvus/rows/pages";
import { estimateReader } from "./reader";
import type { Estimate, ObservedCollection } from "./state";

/** Enough to know how large a row is, few enough to be read in a moment. */
const SAMPLE_ROWS = 1_024;

/** What a short look at the rows tells of all of them. */
export interface Sample {
    rows: number;
    /** On the wire. */
    bytesPerRow: number;
    /** To read one row in a page. */
    secondsPerRow: number;
}

/**
 * Reads one page of a loaded collection and measures it; undefined where it is not loaded or has no rows. The first
 * rows by key stand for all: rows that grow with time make the real figures larger.
 */
export async function sampleRows(
    client: MilvusClient,
    source: ObservedCollection,
    now: () => number = () => performance.now(),
): Promise<Sample | undefined> {
    // Those of one partition tell as much of the others as the first rows by key.
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
 * About how long a migration of `rows` takes: each row is read once for the copy and twice for the comparison, and
 * inserted, which costs about as much as reading it (Milvus 2.3.5 and milvus-lite, measured).
 */
export function estimate({ secondsPerRow }: Sample, rows: number, verify: "full" | "count"): Estimate {
    const once = rows * secondsPerRow;
    return { seconds: once * (verify === "full" ? 4 : 2), passSeconds: once };
}
