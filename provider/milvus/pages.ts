import type { MilvusClient } from "./client";
import { at, type CollectionRef } from "./collections";
import { checkStatus, isMilvusError } from "./errors";
import { keyValues } from "./keyValue";
import { rpc } from "./protocol";
import type { ReadPoint } from "./readPoint";
import { ROWS_SECONDS } from "./rows";
import { keyFilter, type KeyRange, type LineBreaks } from "./wire/filter";
import { type Page, readPage } from "./wire/page";

/** Rows of a page at most, on every server (Milvus docs, "Milvus Limits"). */
export const PAGE_ROWS = 16_384;

export interface PageSource {
    client: MilvusClient;
    ref: CollectionRef;
    /** The server's id of the collection: a name that moves to another is then an error and no mixture. */
    collectionId: string | undefined;
    /** The fields to read by name, `$meta` among them. */
    fields: readonly string[];
    key: string;
    /** Undefined for the rows of all partitions. */
    partition: string | undefined;
    lineBreaks: LineBreaks;
    readPoint: ReadPoint;
}

const query = rpc("Query");

/**
 * The next rows in the order of their keys, `limit` at most; no row means the end. A page may be shorter than asked
 * for: duplicates of a key are one row. An answer too large for a message is asked for again in halves.
 */
export async function nextPage(source: PageSource, range: KeyRange, limit: number): Promise<Page> {
    const { client, ref, partition } = source;
    const request = query.encode({
        ...at(ref),
        expr: keyFilter(source.key, range, source.lineBreaks),
        output_fields: source.fields,
        partition_names: partition === undefined ? [] : [partition],
        ...source.readPoint,
        query_params: keyValues({
            limit: String(Math.min(limit, PAGE_ROWS)),
            iterator: "True",
            reduce_stop_for_best: "True",
            collection_id: source.collectionId,
        }),
    });
    const what = `Query ${ref.name}`;
    try {
        const page = readPage(await client.send(query.path, request, what, { seconds: ROWS_SECONDS }));
        checkStatus(what, {
            error_code: page.status.errorCode,
            code: page.status.code,
            reason: page.status.reason,
        });
        return page;
    } catch (error) {
        if (limit > 1 && isMilvusError(error, "too-large"))
            return nextPage(source, range, Math.ceil(limit / 2));
        throw error;
    }
}
