import { malformed } from "../error";

/** Wire types of protobuf; Milvus uses no groups, and the provider rejects them. */
export const VARINT = 0;
const FIXED64 = 1;
export const DELIMITED = 2;
const FIXED32 = 5;

/** A position in protobuf bytes. Reads never pass `end`: truncated bytes are an error. */
export class Cursor {
    constructor(
        readonly bytes: Uint8Array,
        public at = 0,
        readonly end = bytes.length,
    ) {}

    /** Reads an unsigned varint as a number; exact up to 2^53, which lengths, tags, enums and dimensions never exceed. */
    varint(): number {
        let value = 0;
        let scale = 1;
        for (let i = 0; i < 10; i++) {
            if (this.at >= this.end) throw malformed("it ends inside a number");
            const byte = this.bytes[this.at++]!;
            value += (byte & 0x7f) * scale;
            if (byte < 0x80) return value;
            scale *= 128;
        }
        throw malformed("a number is longer than ten bytes");
    }

    /** Skips `length` bytes and returns their start. */
    skip(length: number): number {
        const from = this.at;
        if (length > this.end - from) throw malformed("it ends inside a value");
        this.at = from + length;
        return from;
    }
}

/** Receives a field's number, its wire type, the start of its tag, and the range of its value (without a length). */
export type FieldVisitor = (field: number, wire: number, start: number, from: number, to: number) => void;

/** Visits the fields of one message in byte order, without decoding them. */
export function eachField(bytes: Uint8Array, visit: FieldVisitor): void {
    const cursor = new Cursor(bytes);
    while (cursor.at < cursor.end) {
        const start = cursor.at;
        const tag = cursor.varint();
        const field = Math.floor(tag / 8);
        const wire = tag & 7;
        if (field === 0) throw malformed("a field has the number 0");
        let from = cursor.at;
        if (wire === VARINT) cursor.varint();
        else if (wire === DELIMITED) {
            const length = cursor.varint();
            from = cursor.skip(length);
        } else if (wire === FIXED64) cursor.skip(8);
        else if (wire === FIXED32) cursor.skip(4);
        else throw malformed(`field ${String(field)} has the wire type ${String(wire)}`);
        visit(field, wire, start, from, cursor.at);
    }
}

/** Like `Buffer.concat`, but returns a single piece without a copy. */
export function join(pieces: readonly Uint8Array[]): Uint8Array {
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}
