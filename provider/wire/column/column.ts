import { malformed } from "../error";
import { fieldData } from "./members";
import { Cursor, VARINT, eachField, join } from "../encoding/scan";
import { slotCount } from "./slots";
import { FlagList, type Values, parseValues } from "./values";

/** The content of the oneof of a `schema.FieldData`. */
export type Payload =
    | { kind: "values"; values: Values }
    /** The fields of a struct array, each a column with the same number of rows (Milvus 2.6.4). */
    | { kind: "structs"; raw: Uint8Array | undefined; columns: Column[] }
    /** Values of a kind that this release does not know: they are copied unchanged. */
    | { kind: "unknown"; wrapper: number; raw: Uint8Array }
    /** No values: a server may send this for a column that holds only NULLs. */
    | { kind: "none" };

/** A column of a page: views into the answer's bytes. */
export interface Column {
    /** The field's name; `$meta` for the dynamic field. */
    name: string;
    /** `schema.DataType` as a number; 0 where the server left it out. */
    type: number;
    isDynamic: boolean;
    payload: Payload;
    /** One byte per row, 1 for a value and 0 for NULL; undefined if the server sent no `valid_data`. */
    valid: Uint8Array | undefined;
    /** Fields of `FieldData` that this release does not know, with their tags. */
    unknown: Uint8Array[];
    /** The encoded `FieldData` as received; empty for a column built by the provider. */
    bytes: Uint8Array;
}

/** Parses a `schema.FieldData` without decoding or copying its values. */
export function parseColumn(bytes: Uint8Array): Column {
    let name = "";
    let type = 0;
    let isDynamic = false;
    let wrapper = 0;
    let contents: Uint8Array[] = [];
    const unknown: Uint8Array[] = [];
    const flags = new FlagList();
    eachField(bytes, (field, wire, start, from, to) => {
        const number = () => (wire === VARINT ? new Cursor(bytes, from).varint() : 0);
        if (field === fieldData.type) type = number();
        else if (field === fieldData.name) name = Buffer.from(bytes.subarray(from, to)).toString("utf8");
        else if (field === fieldData.isDynamic) isDynamic = number() !== 0;
        else if (field === fieldData.valid) flags.add(bytes, wire, from, to);
        else if (field === fieldData.scalars || field === fieldData.vectors || field === fieldData.structs) {
            // Protobuf merges the parts of one message; another member of the oneof replaces it.
            if (field !== wrapper) contents = [];
            wrapper = field;
            contents.push(bytes.subarray(from, to));
        } else if (field !== fieldData.id) unknown.push(bytes.subarray(start, to));
    });
    const payload = parsePayload(wrapper, contents);
    const outer = flags.bytes();
    const inner = payload.kind === "values" ? payload.values.flags : undefined;
    if (outer && inner && Buffer.compare(outer, inner) !== 0)
        throw malformed(`${name} has two valid_data that differ`);
    return { name, type, isDynamic, payload, valid: outer ?? inner, unknown, bytes };
}

function parsePayload(wrapper: number, contents: Uint8Array[]): Payload {
    if (wrapper === 0) return { kind: "none" };
    const raw = join(contents);
    if (wrapper === fieldData.structs) {
        const columns: Column[] = [];
        eachField(raw, (field, _wire, _start, from, to) => {
            if (field === 1) columns.push(parseColumn(raw.subarray(from, to)));
        });
        return { kind: "structs", raw, columns };
    }
    if (wrapper !== fieldData.scalars && wrapper !== fieldData.vectors)
        return { kind: "unknown", wrapper, raw };
    const values = parseValues(wrapper, raw);
    if (values) return { kind: "values", values };
    return raw.length === 0 ? { kind: "none" } : { kind: "unknown", wrapper, raw };
}

/** The number of rows of a column; undefined if its values are of an unknown kind and it has no `valid_data`. */
export function rowsOf(column: Column): number | undefined {
    if (column.valid) return column.valid.length;
    const { payload } = column;
    if (payload.kind === "values") return slotCount(payload.values);
    if (payload.kind === "structs") return payload.columns[0] ? rowsOf(payload.columns[0]) : 0;
    return payload.kind === "none" ? 0 : undefined;
}

/** The number of NULLs in a column. */
export function nullCount(valid: Uint8Array | undefined): number {
    let nulls = 0;
    if (valid) for (const flag of valid) nulls += 1 - flag;
    return nulls;
}
