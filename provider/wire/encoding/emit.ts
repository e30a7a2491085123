import { DELIMITED, VARINT } from "./scan";

/** A message under construction: views that are copied once, when the request is assembled. */
export type Pieces = Uint8Array[];

export function sizeOf(pieces: readonly Uint8Array[]): number {
    let size = 0;
    for (const piece of pieces) size += piece.length;
    return size;
}

/** Encodes unsigned varints, one after the other. */
export function varints(...values: number[]): Uint8Array {
    const bytes: number[] = [];
    for (let value of values) {
        while (value >= 0x80) {
            bytes.push((value % 128) | 0x80);
            value = Math.floor(value / 128);
        }
        bytes.push(value);
    }
    return Uint8Array.from(bytes);
}

/** A varint field; proto3 omits a zero. */
export function varintField(field: number, value: number): Pieces {
    return value === 0 ? [] : [varints(field * 8 + VARINT, value)];
}

/** A string, bytes or message field, also if empty: an empty member of a oneof has a meaning. */
export function delimitedField(field: number, content: readonly Uint8Array[]): Pieces {
    return [varints(field * 8 + DELIMITED, sizeOf(content)), ...content];
}

/** A string field; proto3 omits an empty one. */
export function stringField(field: number, text: string): Pieces {
    return text === "" ? [] : delimitedField(field, [Buffer.from(text, "utf8")]);
}
