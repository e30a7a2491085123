import { Misfit } from "../error";
import { doubleText } from "../encoding/decimal";
import { plainMeaning, type Writers, type Written } from "./plain";
import { type Span, elementsOf, membersOf, readString, wholeValue } from "./scan";
import { viewOf } from "../encoding/view";

/** JSON nested deeper is compared as text. */
const DEEPEST = 100;

/**
 * Writes JSON in a canonical form to compare by: milvus-lite 3 rewrites JSON on insert, with its own whitespace and
 * sorted keys of `$meta` (measured). Keys are unordered, and the last of two equal keys counts. Integers keep their
 * digits, other numbers become Doubles, so that 1 and 1.0 stay different. Invalid JSON is its own form. The text is
 * `bytes[from, to)`; the result is valid until the next call.
 */
export function writeMeaning(bytes: Uint8Array, from: number, to: number): Written {
    try {
        return plainMeaning(bytes, from, to, writers) ?? written(thoroughMeaning(bytes.subarray(from, to)));
    } catch (error) {
        if (error instanceof Misfit) return written(bytes.subarray(from, to));
        throw error;
    }
}

/** The canonical form in a separate buffer. */
export function jsonMeaning(json: Uint8Array): Uint8Array {
    const { view, length } = writeMeaning(json, 0, json.length);
    return new Uint8Array(view.buffer, view.byteOffset, length).slice();
}

function written(bytes: Uint8Array): Written {
    return { view: viewOf(bytes), length: bytes.length };
}

/** Handles every valid JSON. @throws Misfit for invalid or too deeply nested JSON */
export function thoroughMeaning(json: Uint8Array): Uint8Array {
    return Buffer.from(meaning(json, wholeValue(json), 0), "utf8");
}

function meaning(json: Uint8Array, span: Span, depth: number): string {
    if (depth > DEEPEST) throw new Misfit(`JSON of at most ${DEEPEST} levels`);
    const members = membersOf(json, span);
    if (members) {
        const last = new Map(members.map((member) => [member.key, meaning(json, member, depth + 1)]));
        const sorted = [...last].sort(([a], [b]) => (a < b ? -1 : 1));
        return `{${sorted.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`;
    }
    const elements = elementsOf(json, span);
    if (elements) return `[${elements.map((element) => meaning(json, element, depth + 1)).join(",")}]`;
    if (json[span.from] === 0x22) return writers.text(json, span);
    return writers.word(Buffer.from(json.subarray(span.from, span.to)).toString("latin1"));
}

export const writers = {
    text: (json, span) => JSON.stringify(readString(json, span)),
    word: (word) => (/^-?\d+[.eE]/.test(word) ? `${doubleText(Number(word))}f` : word),
} satisfies Writers;
