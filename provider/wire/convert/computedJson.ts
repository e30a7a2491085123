import type { WireValue } from "../cell/cell";
import { Misfit } from "../error";

/**
 * The JSON text of a value that a program computed; bytes are a JSON text already. `JSON.stringify` alone would write NaN
 * as null and a Map as {}.
 * @throws Misfit for a value that JSON does not hold
 */
export function computedJson(value: unknown): WireValue {
    if (value instanceof Uint8Array) return jsonBytes(value);
    let text: string | undefined;
    try {
        text = JSON.stringify(value, requireJson);
    } catch (error) {
        if (error instanceof Misfit) throw error;
        throw new Misfit("JSON");
    }
    // JSON.stringify returns undefined for a function and for a symbol.
    if (text === undefined) throw new Misfit("JSON");
    return Buffer.from(text, "utf8");
}

function requireJson(_key: string, value: unknown): unknown {
    if (typeof value === "number" && !Number.isFinite(value)) throw new Misfit(`JSON, and ${value} is none`);
    if (typeof value === "bigint")
        throw new Misfit("JSON, and a BigInt is none: return a number, or its digits as text");
    if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value))
        throw new Misfit("JSON: plain objects and lists");
    if (Array.isArray(value) && value.some((one) => one === undefined || typeof one === "function"))
        throw new Misfit("JSON, and a list in it has an element without a value");
    return value;
}

function jsonBytes(bytes: Uint8Array): Uint8Array {
    try {
        JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
        return bytes;
    } catch {
        throw new Misfit("bytes that are a JSON text");
    }
}
