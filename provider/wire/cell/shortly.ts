import type { WireValue } from "./cell";

const LONGEST = 60;

/** Formats a value for a message, shortened; bytes are shown as JSON text. */
export function shortly(value: WireValue): string {
    const text =
        value instanceof Uint8Array
            ? Buffer.from(value.subarray(0, 4 * LONGEST)).toString("utf8")
            : textOf(value);
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

/** JSON would show NaN as null, and the digits of an Int64 as text. */
function textOf(value: WireValue): string {
    if (typeof value === "number" || typeof value === "bigint") return String(value);
    if (Array.isArray(value)) return `[${value.slice(0, LONGEST).map(textOf).join(",")}]`;
    return JSON.stringify(value);
}
