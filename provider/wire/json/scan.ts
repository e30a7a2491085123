import { Misfit } from "../error";

/** A range of bytes, `to` exclusive. */
export interface Span {
    from: number;
    to: number;
}

/** A member of an object: the range is that of its value. */
export interface Member extends Span {
    key: string;
    /** The position of the key's quote. */
    start: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Characters of numbers, true, false and null (and of NaN, which is not JSON). */
const words = new Uint8Array(256);
for (const letter of Buffer.from("0123456789+-.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    words[letter] = 1;

/**
 * Finds the value in a JSON text, without surrounding whitespace. Only the structure is parsed: digits stay text, so
 * that an integer beyond 2^53 is never a JavaScript number.
 * @throws Misfit if the text, as far as it was read, is not JSON
 */
export function wholeValue(json: Uint8Array): Span {
    const from = skipBlanks(json, 0);
    const to = skipValue(json, from);
    if (skipBlanks(json, to) !== json.length) throw noJson();
    return { from, to };
}

/** The members of an object in their order; undefined for another value. @throws Misfit */
export function membersOf(json: Uint8Array, span: Span): Member[] | undefined {
    if (json[span.from] !== OBJECT) return undefined;
    return inside(json, span, OBJECT_END, (start) => {
        if (json[start] !== QUOTE) throw noJson();
        const end = skipString(json, start);
        const colon = skipBlanks(json, end);
        if (json[colon] !== COLON) throw noJson();
        const from = skipBlanks(json, colon + 1);
        const key = readString(json, { from: start, to: end });
        return { key, start, from, to: skipValue(json, from) };
    });
}

/** The elements of a list; undefined for another value. @throws Misfit */
export function elementsOf(json: Uint8Array, span: Span): Span[] | undefined {
    if (json[span.from] !== LIST) return undefined;
    return inside(json, span, LIST_END, (from) => ({ from, to: skipValue(json, from) }));
}

/** The value at a path of keys; undefined if a key is missing. @throws Misfit, also for a duplicate key */
export function valueAt(json: Uint8Array, path: readonly string[]): Span | undefined {
    if (json.length === 0) return undefined;
    let value: Span = wholeValue(json);
    for (const key of path) {
        const found = membersOf(json, value)?.filter((member) => member.key === key) ?? [];
        if (!found[0]) return undefined;
        if (found.length > 1) throw new Misfit(`the key ${key} only once`);
        value = found[0];
    }
    return value;
}

/** The text of a JSON string; the range includes its quotes. @throws Misfit */
export function readString(json: Uint8Array, { from, to }: Span): string {
    const text = Buffer.from(json.buffer, json.byteOffset + from, to - from).toString("utf8");
    if (!text.includes("\\")) return text.slice(1, -1);
    try {
        return JSON.parse(text) as string;
    } catch {
        throw noJson();
    }
}

/** Splits the content between two brackets. */
function inside<T extends Span>(
    json: Uint8Array,
    { from, to }: Span,
    close: number,
    read: (at: number) => T,
): T[] {
    const found: T[] = [];
    let at = skipBlanks(json, from + 1);
    if (json[at] === close && at + 1 === to) return found;
    for (;;) {
        const one = read(at);
        found.push(one);
        at = skipBlanks(json, one.to);
        if (json[at] === close && at + 1 === to) return found;
        if (json[at] !== COMMA) throw noJson();
        at = skipBlanks(json, at + 1);
    }
}

function skipBlanks(json: Uint8Array, at: number): number {
    while (json[at] === 0x20 || json[at] === 0x0a || json[at] === 0x0d || json[at] === 0x09) at++;
    return at;
}

function skipString(json: Uint8Array, at: number): number {
    for (at++; at < json.length; at++) {
        if (json[at] === BACKSLASH) at++;
        else if (json[at] === QUOTE) return at + 1;
    }
    throw noJson();
}

/** An object or list ends at its matching bracket, any other value after its last character. */
function skipValue(json: Uint8Array, from: number): number {
    let depth = 0;
    for (let at = from; at < json.length;) {
        const byte = json[at];
        if (byte === QUOTE) at = skipString(json, at);
        else if (byte === LIST || byte === OBJECT) {
            depth++;
            at++;
        } else if ((byte === LIST_END || byte === OBJECT_END) && depth > 0) {
            depth--;
            at++;
        } else if (depth > 0) at++;
        else at = skipWord(json, at);
        if (depth === 0) return at;
    }
    throw noJson();
}

/** A number, true, false or null. */
function skipWord(json: Uint8Array, from: number): number {
    let at = from;
    while (at < json.length && words[json[at]!] === 1) at++;
    if (at === from) throw noJson();
    return at;
}

function noJson(): Misfit {
    return new Misfit("JSON");
}
