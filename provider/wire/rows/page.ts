import { type Column, parseColumn, rowsOf } from "../column/column";
import { WireError, malformed } from "../error";
import { Cursor, DELIMITED, VARINT, eachField } from "../encoding/scan";
import { decodeVarints } from "../encoding/varint64";

/** `common.Status`. A call succeeded only if `errorCode` and `code` are both 0: servers set one or the other. */
export interface Status {
    errorCode: number;
    code: number;
    reason: string;
    /** Whether the server says that the same call may succeed later. */
    retriable?: true;
    /** The encoded message, for callers that need more of it. */
    bytes: Uint8Array;
}

/** The answer to a query (`milvus.QueryResults`): rows stored by column, in key order. */
export interface Page {
    status: Status;
    /** The timestamp of the snapshot that the rows are from (Milvus 2.5); undefined where the server reads no snapshot. */
    snapshot?: string;
    /** 0 at the end of a collection, and in a failed answer. */
    rows: number;
    columns: Column[];
}

/**
 * Parses `milvus.QueryResults` in one pass. Values are neither decoded nor copied, so a page needs the memory of
 * `answer`.
 * @throws WireError `malformed` for truncated bytes, invalid protobuf, or columns of different lengths.
 */
export function readPage(answer: Uint8Array): Page {
    let status: Status = { errorCode: 0, code: 0, reason: "", bytes: new Uint8Array() };
    let snapshot = 0n;
    const columns: Column[] = [];
    eachField(answer, (field, wire, _start, from, to) => {
        if (field === 5 && wire === VARINT) snapshot = unsigned(answer.subarray(from, to));
        if (wire !== DELIMITED) return;
        if (field === 1) status = parseStatus(answer.subarray(from, to));
        else if (field === 2) columns.push(parseColumn(answer.subarray(from, to)));
    });
    return {
        status,
        ...(snapshot > 0n && { snapshot: String(snapshot) }),
        columns,
        rows: countRows(columns),
    };
}

/** The column of a field. @throws WireError `missing-column` */
export function columnOf(page: Pick<Page, "columns">, name: string): Column {
    const column = page.columns.find((one) => one.name === name);
    if (!column) throw new WireError({ kind: "missing-column", column: name });
    return column;
}

function parseStatus(bytes: Uint8Array): Status {
    const status: Status = { errorCode: 0, code: 0, reason: "", bytes };
    eachField(bytes, (field, wire, _start, from, to) => {
        if (field === 1 && wire === VARINT) status.errorCode = new Cursor(bytes, from).varint();
        else if (field === 2 && wire === DELIMITED)
            status.reason = Buffer.from(bytes.subarray(from, to)).toString("utf8");
        else if (field === 3 && wire === VARINT) status.code = new Cursor(bytes, from).varint();
        else if (field === 4 && wire === VARINT) status.retriable = true;
    });
    return status;
}

/** A varint of up to 64 bits. */
function unsigned(bytes: Uint8Array): bigint {
    const [low, high] = decodeVarints(bytes, 1);
    return (BigInt(high! >>> 0) << 32n) | BigInt(low! >>> 0);
}

/** Checks that the row counts agree, for columns with a cheap count or with `valid_data`; compact columns are skipped. */
function countRows(columns: readonly Column[]): number {
    let rows: number | undefined;
    for (const column of columns) {
        const { payload } = column;
        const cheap =
            column.valid !== undefined || (payload.kind === "values" && payload.values.form.kind !== "items");
        if (!cheap) continue;
        const count = rowsOf(column);
        if (rows !== undefined && count !== rows)
            throw malformed(`${column.name} has ${String(count)} rows, other columns have ${String(rows)}`);
        rows = count;
    }
    if (rows !== undefined) return rows;
    for (const column of columns) if ((rows = rowsOf(column)) !== undefined) return rows;
    return 0;
}
