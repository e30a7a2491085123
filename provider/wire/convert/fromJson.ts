import type { ValueType, WireValue } from "../cell/cell";
import { readReal, readWhole } from "../encoding/decimal";
import { Misfit } from "../error";
import { type Span, elementsOf, readString, wholeValue } from "../json/scan";

/** Reads a value in a JSON text; JSON's null is NULL. @throws Misfit for a value of another kind */
export type ReadJson = (json: Uint8Array, span: Span) => WireValue;

/** The reader of a type: it does not convert a string to a number or a number to text. */
export function jsonReader({ dataType, elementType }: ValueType): ReadJson | undefined {
    const read = readers[dataType];
    if (dataType === "Array") return listReader(elementType);
    return read && ((json, span) => (isNull(json, span) ? null : read(json, span)));
}

/** Reads the value of a complete JSON text. */
export function readJson(json: Uint8Array, read: ReadJson): WireValue {
    return json.length === 0 ? null : read(json, wholeValue(json));
}

const whole: ReadJson = (json, span) => readWhole(word(json, span));

const readers: Partial<Record<string, ReadJson>> = {
    Bool: (json, span) => {
        const text = word(json, span);
        if (text !== "true" && text !== "false") throw new Misfit("true or false");
        return text === "true";
    },
    Int8: whole,
    Int16: whole,
    Int32: whole,
    Int64: whole,
    Float: (json, span) => readReal(word(json, span), "Float"),
    Double: (json, span) => readReal(word(json, span), "Double"),
    VarChar: (json, span) => {
        if (json[span.from] !== 0x22) throw new Misfit("a JSON string");
        return readString(json, span);
    },
    JSON: (json, { from, to }) => json.subarray(from, to),
};

function listReader(elementType = ""): ReadJson | undefined {
    const read = readers[elementType];
    if (!read) return undefined;
    return (json, span) => {
        if (isNull(json, span)) return null;
        const elements = elementsOf(json, span);
        if (!elements) throw new Misfit("a JSON list");
        return elements.map((element) => read(json, element));
    };
}

function isNull(json: Uint8Array, span: Span): boolean {
    return json[span.from] === 0x6e && word(json, span) === "null";
}

function word(json: Uint8Array, { from, to }: Span): string {
    return Buffer.from(json.buffer, json.byteOffset + from, to - from).toString("latin1");
}
