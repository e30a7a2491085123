import { keyOrder, sortMembers } from "./jsonOrder";
import type { Span } from "./jsonScan";

const QUOTE = 0x22;
const COMMA = 0x2c;
const DOT = 0x2e;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Deeper JSON is not plain. */
const DEEPEST = 50;

/** Bytes of the output for each one of the input: a control character grows to six, and members are sorted behind. */
const GROWS = 16;

/** How a string that is not plain ASCII is written, and a word that may be a number with a fraction. */
export interface Writers {
    text: (json: Uint8Array, span: Span) => string;
    word: (word: string) => string;
}

let out = Buffer.alloc(1 << 16);

/**
 * The common case of `jsonMeaning`, byte by byte and without a string for each part: several times as fast, and
 * every row that is hashed comes by here. Undefined where the text is not plain: a key with escapes or
 * beyond ASCII, a key that comes twice, deep nesting, no JSON.
 */
export function plainMeaning(json: Uint8Array, writers: Writers): Buffer | undefined {
    if (out.length < json.length * GROWS) out = Buffer.alloc(json.length * GROWS);
    const writer = new PlainWriter(json, writers);
    if (!writer.value(0) || !writer.ended()) return undefined;
    return Buffer.from(out.subarray(0, writer.used));
}

class PlainWriter {
    used = 0;
    private at = 0;

    constructor(
        private readonly json: Uint8Array,
        private readonly writers: Writers,
    ) {}

    /** Writes the next value; false where it is not plain. */
    value(depth: number): boolean {
        const first = this.next();
        if (first === QUOTE) return this.text();
        if (first === OBJECT) return depth < DEEPEST && this.object(depth);
        if (first === LIST) return depth < DEEPEST && this.list(depth);
        return this.word();
    }

    ended(): boolean {
        return this.next() === undefined;
    }

    private object(depth: number): boolean {
        const starts: number[] = [];
        const ends: number[] = [];
        let sorted = true;
        this.copy(OBJECT);
        if (this.next() === OBJECT_END) return this.copy(OBJECT_END);
        for (;;) {
            const start = this.used;
            if (this.next() !== QUOTE || !this.plainText()) return false;
            if (starts.length > 0 && keyOrder(out, starts.at(-1)!, start) >= 0) sorted = false;
            starts.push(start);
            if (this.next() !== COLON) return false;
            this.copy(COLON);
            if (!this.value(depth + 1)) return false;
            ends.push(this.used);
            const byte = this.next();
            if (byte === OBJECT_END)
                return (sorted || sortMembers(out, starts, ends)) && this.copy(OBJECT_END);
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
        const { json, at: from } = this;
        let to = from + 1;
        for (; json[to] !== QUOTE; to++) {
            if (to >= json.length) return false;
            if (json[to] === BACKSLASH) to++;
        }
        this.at = to + 1;
        this.used += out.write(this.writers.text(json, { from, to: to + 1 }), this.used);
        return true;
    }

    /** Copies a string of plain ASCII; false, with nothing read, for another. */
    private plainText(): boolean {
        const { json } = this;
        let { at, used } = this;
        out[used++] = QUOTE;
        for (let byte = json[++at]; ; byte = json[++at]) {
            if (byte === undefined || byte < 0x20 || byte >= 0x7f || byte === BACKSLASH) return false;
            out[used++] = byte;
            if (byte === QUOTE) break;
        }
        this.at = at + 1;
        this.used = used;
        return true;
    }

    private word(): boolean {
        const { json, at: from } = this;
        let real = false;
        let byte = json[from];
        const numeric = byte === 0x2d || (byte !== undefined && byte >= 0x30 && byte <= 0x39);
        while (byte !== undefined && isWord(byte)) {
            real ||= numeric && (byte === DOT || (byte | 0x20) === 0x65);
            byte = json[++this.at];
        }
        if (this.at === from) return false;
        if (real) {
            const word = Buffer.from(json.buffer, json.byteOffset + from, this.at - from).toString("latin1");
            this.used += out.write(this.writers.word(word), this.used);
        } else for (let at = from; at < this.at; at++) out[this.used++] = json[at]!;
        return true;
    }

    /** The byte after blanks, which are passed over. */
    private next(): number | undefined {
        for (;;) {
            const byte = this.json[this.at];
            if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
            this.at++;
        }
    }

    private copy(byte: number): true {
        out[this.used++] = byte;
        this.at++;
        return true;
    }
}

/** The letters of numbers, true, false and null, as `jsonScan` has them. */
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
