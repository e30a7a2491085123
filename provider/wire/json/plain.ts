import { keyOrder, sortMembers } from "./order";
import type { Span } from "./scan";
import { viewOf } from "../encoding/view";

const QUOTE = 0x22;
const COMMA = 0x2c;
const DOT = 0x2e;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Returned for a position past the end. */
const NOTHING = -1;

/** JSON nested deeper does not take the fast path. */
const DEEPEST = 50;

/** Output bytes per input byte: a control character grows to six, and sorting needs space behind the members. */
const GROWS = 16;

/** Writes strings that are not plain ASCII, and words that may be numbers with a fraction. */
export interface Writers {
    text: (json: Uint8Array, span: Span) => string;
    word: (word: string) => string;
}

/** A shared buffer: the next write replaces its bytes. */
export interface Written {
    view: DataView;
    length: number;
}

// Scratch space, valid until the next call, which never waits: no session sees the bytes of another one.
/* eslint-disable no-restricted-syntax -- every row that is hashed passes here; a buffer a row would cost more than the hash */
let out = Buffer.alloc(1 << 16);
let view = viewOf(out);
/* eslint-enable no-restricted-syntax */

/**
 * The fast path of `jsonMeaning` for `bytes[from, to)`: it works byte by byte without creating objects and is several
 * times as fast. Every row that is hashed passes here. Returns undefined if the text is not plain: escaped or non-ASCII
 * keys, duplicate keys, deep nesting, invalid JSON.
 */
export function plainMeaning(
    bytes: Uint8Array,
    from: number,
    to: number,
    writers: Writers,
): Written | undefined {
    const room = (to - from) * GROWS;
    if (out.length < room) {
        out = Buffer.alloc(room);
        view = viewOf(out);
    }
    const length = writer.write(bytes, from, to, writers);
    return length === undefined ? undefined : { view, length };
}

class PlainWriter {
    private json: Uint8Array = new Uint8Array();
    private at = 0;
    private end = 0;
    private used = 0;
    private writers!: Writers;
    /** Output positions of the members of the open objects, the innermost object last. */
    private readonly starts: number[] = [];
    private readonly ends: number[] = [];
    /** The number of these members. The lists keep their length, so that they are not allocated again. */
    private members = 0;

    write(json: Uint8Array, from: number, to: number, writers: Writers): number | undefined {
        this.json = json;
        this.at = from;
        this.end = to;
        this.used = 0;
        this.writers = writers;
        this.members = 0;
        return this.value(0) && this.next() === NOTHING ? this.used : undefined;
    }

    /** Writes the next value; false if it is not plain. */
    value(depth: number): boolean {
        const first = this.next();
        if (first === QUOTE) return this.text();
        if (first === OBJECT) return depth < DEEPEST && this.object(depth);
        if (first === LIST) return depth < DEEPEST && this.list(depth);
        return this.word();
    }

    private object(depth: number): boolean {
        const { starts, ends } = this;
        const first = this.members;
        let sorted = true;
        this.copy(OBJECT);
        if (this.next() === OBJECT_END) return this.copy(OBJECT_END);
        for (;;) {
            const start = this.used;
            if (this.next() !== QUOTE || !this.plainText()) return false;
            const member = this.members++;
            if (member > first && keyOrder(out, starts[member - 1]!, start) >= 0) sorted = false;
            starts[member] = start;
            if (this.next() !== COLON) return false;
            this.copy(COLON);
            if (!this.value(depth + 1)) return false;
            ends[member] = this.used;
            const byte = this.next();
            if (byte === OBJECT_END) {
                if (!sorted && !sortMembers(out, starts, ends, first, this.members)) return false;
                this.members = first;
                return this.copy(OBJECT_END);
            }
            if (byte !== COMMA) return false;
            this.copy(COMMA);
        }
    }

    private list(depth: number): boolean {
        this.copy(LIST);
        if (this.next() === LIST_END) return this.copy(LIST_END);
        for (;;) {
            if (!this.value(depth + 1)) return false;
            const byte = this.next();
            if (byte === LIST_END) return this.copy(LIST_END);
            if (byte !== COMMA) return false;
            this.copy(COMMA);
        }
    }

    private text(): boolean {
        if (this.plainText()) return true;
        const { json, at: from, end } = this;
        let to = from + 1;
        for (; to < end && json[to] !== QUOTE; to++) {
            if (json[to] === BACKSLASH) to++;
        }
        if (to >= end) return false;
        this.at = to + 1;
        this.used += out.write(this.writers.text(json, { from, to: to + 1 }), this.used);
        return true;
    }

    /** Copies a string of plain ASCII; returns false for another string, without advancing. */
    private plainText(): boolean {
        const { json, end } = this;
        let { used } = this;
        out[used++] = QUOTE;
        for (let at = this.at + 1; at < end; at++) {
            const byte = json[at]!;
            if (byte < 0x20 || byte >= 0x7f || byte === BACKSLASH) return false;
            out[used++] = byte;
            if (byte !== QUOTE) continue;
            this.at = at + 1;
            this.used = used;
            return true;
        }
        return false;
    }

    private word(): boolean {
        const { json, at: from, end } = this;
        let real = false;
        const begin = from < end ? json[from]! : NOTHING;
        const numeric = begin === 0x2d || (begin >= 0x30 && begin <= 0x39);
        for (; this.at < end; this.at++) {
            const byte = json[this.at]!;
            if (!isWord(byte)) break;
            real ||= numeric && (byte === DOT || (byte | 0x20) === 0x65);
        }
        if (this.at === from) return false;
        if (real) {
            const word = Buffer.from(json.buffer, json.byteOffset + from, this.at - from).toString("latin1");
            this.used += out.write(this.writers.word(word), this.used);
        } else for (let at = from; at < this.at; at++) out[this.used++] = json[at]!;
        return true;
    }

    /** Skips whitespace and returns the next byte. */
    private next(): number {
        for (; this.at < this.end; this.at++) {
            const byte = this.json[this.at]!;
            if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
        }
        return NOTHING;
    }

    private copy(byte: number): true {
        out[this.used++] = byte;
        this.at++;
        return true;
    }
}

const writer = new PlainWriter();

/** Characters of numbers, true, false and null, as in `scan.ts`. */
function isWord(byte: number): boolean {
    const letter = byte | 0x20;
    return (
        (letter >= 0x61 && letter <= 0x7a) ||
        (byte >= 0x30 && byte <= 0x39) ||
        byte === 0x2d ||
        byte === 0x2b ||
        byte === DOT
    );
}
