import type { WireValue } from "./cell";

const LONGEST = 60;

/** Formats a value for a message, shortened; bytes are shown as JSON text. */
export function shortly(value: WireValue): string {
    const text =
        value instanceof Uint8Array
            ? Buffer.from(value.subarray(0, 4 * LONGEST)).toString("utf8")
            : JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? String(one) : one));
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
