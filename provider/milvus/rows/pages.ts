import type { MilvusClient } from "../transport/client";
import { at, type CollectionRef } from "../collection/collections";
import { checkStatus, isMilvusError } from "../transport/errors";
import { keyValues } from "../transport/keyValue";
import { isPartitionGone } from "../collection/partitions";
import { retryRead } from "../transport/retry";
import { stopPoint } from "../transport/stopPoint";
import { rpc } from "../transport/protocol";
import { type ReadPoint, snapshotAt } from "./readPoint";
import { ROWS_SECONDS } from "./rows";
import { keyFilter, type KeyRange, keysFilter, type LineBreaks } from "../../wire/rows/filter";
import type { Key } from "../../wire/rows/keys";
import { type Page, readPage } from "../../wire/rows/page";

/** Maximum rows of a page, on every server (Milvus docs, "Milvus Limits"). */
export const PAGE_ROWS = 16_384;

export interface PageSource {
    client: MilvusClient;
    ref: CollectionRef;
    /**
     * The server's id of the collection: if the name moves to another collection, the query fails instead of mixing
     * their rows.
     */
    collectionId: string | undefined;
    /** Names of the fields to read, including `$meta`. */
    fields: readonly string[];
    key: string;
    /** Undefined reads all partitions. */
    partition: string | undefined;
    lineBreaks: LineBreaks;
    readPoint: ReadPoint;
    /** Only rows that it matches are read. Default: all rows. */
    filter?: string;
    /** Shared by all pages of one reader. */
    learned?: Learned;
}

/** What a server has told in its answers to a reader. */
export interface Learned {
    /** The timestamp that the first page was read at: the others are read at the same one. */
    snapshot?: string;
    /** The largest number of rows that the server accepts (`maxQueryResultWindow`), where it is below `PAGE_ROWS`. */
    window?: number;
}

const query = rpc("Query");
/**
 * Timestamptz values are text in the time zone of the request, else of the collection: two collections with different zones
 * would differ in every row (2.6.6).
 */
const UTC = { timezone: "UTC" };

/**
 * Reads up to `limit` rows in key order. No rows means the end, or a dropped partition. A page may be shorter than
 * `limit`, because duplicates of a key are one row. If the answer is too large for the server or for a message, half the
 * limit is requested.
 */
export async function nextPage(source: PageSource, range: KeyRange, limit: number): Promise<Page> {
    const { learned = {} } = source;
    const rows = pageLimit(source, limit);
    const readPoint = learned.snapshot === undefined ? source.readPoint : snapshotAt(learned.snapshot);
    try {
        const keys = keyFilter(source.key, range, source.lineBreaks);
        const parts = [source.filter && `(${source.filter})`, keys].filter(Boolean);
        const page = await ask({ ...source, readPoint }, parts.join(" and "), {
            limit: String(rows),
            iterator: "True",
            reduce_stop_for_best: "True",
        });
        // An iterator with a timestamp reads a snapshot: source, the proxy's task_query.go (2.5.0). Without one, each page
        // would see later writes than the one before.
        if (page.snapshot !== undefined) learned.snapshot ??= page.snapshot;
        return page;
    } catch (error) {
        if (rows === 1 || !isMilvusError(error, "too-large")) throw error;
        const half = Math.ceil(rows / 2);
        if (/window/i.test(error.message)) learned.window = half;
        return nextPage(source, range, half);
    }
}

/** The number of rows that a page is asked for. */
export function pageLimit({ learned }: Pick<PageSource, "learned">, wanted: number): number {
    return Math.min(wanted, PAGE_ROWS, learned?.window ?? Infinity);
}

/** Reads the existing rows among these keys, unordered; returns several pages if one cannot hold them. */
export async function rowsOfKeys(source: PageSource, keys: readonly Key[]): Promise<Page[]> {
    if (keys.length === 0) return [];
    try {
        return [await ask(source, keysFilter(source.key, keys, source.lineBreaks), {})];
    } catch (error) {
        if (keys.length === 1 || !isMilvusError(error, "too-large")) throw error;
        const half = keys.length >> 1;
        return [
            ...(await rowsOfKeys(source, keys.slice(0, half))),
            ...(await rowsOfKeys(source, keys.slice(half))),
        ];
    }
}

async function ask(source: PageSource, expr: string, params: Record<string, string>): Promise<Page> {
    const { client, ref, partition } = source;
    const request = query.encode({
        ...at(ref),
        expr,
        output_fields: source.fields,
        partition_names: partition === undefined ? [] : [partition],
        ...source.readPoint,
        query_params: keyValues({ ...params, ...UTC, collection_id: source.collectionId }),
    });
    const what = `Query ${ref.name}`;
    return retryRead(async () => {
        stopPoint();
        const page = readPage(await client.send(query.path, request, what, { atLeast: ROWS_SECONDS }));
        checkStatus(what, {
            error_code: page.status.errorCode,
            code: page.status.code,
            reason: page.status.reason,
            retriable: page.status.retriable,
        });
        return page;
    }).catch(async (error: unknown) => {
        if (await isPartitionGone(error, source, partition)) return noPage;
        throw error;
    });
}

const noPage: Page = {
    status: { errorCode: 0, code: 0, reason: "", bytes: new Uint8Array() },
    rows: 0,
    columns: [],
};
