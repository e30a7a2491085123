import type { Column } from "../column/column";
import { type Pieces, delimitedField, sizeOf, stringField, varintField } from "../encoding/emit";
import { encodeColumn } from "../column/encode";
import { sliceColumns } from "../column/slice";

/** Where rows go. */
export interface Destination {
    dbName: string;
    collectionName: string;
    /** Only for a manual partition: with a partition key the server routes. */
    partitionName?: string;
}

/** One insert: its bytes, and which rows of the page it holds (`from` up to `to`, exclusive). */
export interface Batch {
    request: Buffer;
    from: number;
    to: number;
}

/**
 * The bytes of a `milvus.InsertRequest`, copied once. `milvus.UpsertRequest` has the same fields, so they serve for
 * either. No `hash_keys`: the proxy computes its own (milvus 2.3.5, milvus-lite 2.5.1 and 3.2.2).
 */
export function insertRequest(to: Destination, columns: readonly Column[], rows: number): Buffer {
    return concat(pieces(to, columns, rows));
}

/**
 * The same as requests of at most `maxBytes`, split by rows where one is not enough; a single row that is larger
 * stands alone. Milvus takes 64 MB a message.
 */
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
    ];
}

function concat(message: Pieces): Buffer {
    return Buffer.concat(message, sizeOf(message));
}
