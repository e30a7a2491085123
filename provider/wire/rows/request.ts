import type { Column } from "../column/column";
import { type Pieces, delimitedField, sizeOf, stringField, varintField } from "../encoding/emit";
import { encodeColumn } from "../column/encode";
import { sliceColumns } from "../column/slice";

/** The destination of rows. */
export interface Destination {
    dbName: string;
    collectionName: string;
    /** Only for a manual partition: with a partition key the server chooses the partition. */
    partitionName?: string;
    /** Only for an upsert: rows keep the values of the columns that are not sent (Milvus 2.6.2). */
    isPartial?: boolean;
}

/** One insert: its bytes, and the rows of the page that it holds (`from` up to `to`, exclusive). */
export interface Batch {
    request: Buffer;
    from: number;
    to: number;
}

/**
 * Encodes a `milvus.InsertRequest` with one copy of the data. `milvus.UpsertRequest` has the same fields, so the bytes
 * serve both. No `hash_keys`: the proxy computes them (milvus 2.3.5, milvus-lite 2.5.1 and 3.2.2).
 */
export function insertRequest(to: Destination, columns: readonly Column[], rows: number): Buffer {
    return concat(pieces(to, columns, rows));
}

/** Splits rows into requests of at most `maxBytes`; a larger single row is sent alone. Milvus accepts 64 MB per message. */
export function* insertRequests(
    to: Destination,
    columns: readonly Column[],
    rows: number,
    maxBytes: number,
    offset = 0,
): Generator<Batch> {
    const message = pieces(to, columns, rows);
    if (rows <= 1 || sizeOf(message) <= maxBytes) {
        yield { request: concat(message), from: offset, to: offset + rows };
        return;
    }
    const half = rows >> 1;
    yield* insertRequests(to, sliceColumns(columns, 0, half), half, maxBytes, offset);
    yield* insertRequests(to, sliceColumns(columns, half, rows), rows - half, maxBytes, offset + half);
}

function pieces(to: Destination, columns: readonly Column[], rows: number): Pieces {
    return [
        ...stringField(2, to.dbName),
        ...stringField(3, to.collectionName),
        ...stringField(4, to.partitionName ?? ""),
        ...columns.flatMap((column) => delimitedField(5, encodeColumn(column))),
        ...varintField(7, rows),
        ...(to.isPartial ? varintField(9, 1) : []),
    ];
}

function concat(message: Pieces): Buffer {
    return Buffer.concat(message, sizeOf(message));
}
