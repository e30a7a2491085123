import type { ValueType, WireValue } from "../cell/cell";
import { doubleText, floatText } from "../encoding/decimal";
import { Misfit } from "../error";

/** Encodes a value as JSON: numbers with all digits, text as a JSON string, JSON unchanged. @throws Misfit for NaN */
export function jsonText(value: WireValue, { dataType, elementType = "" }: ValueType): string {
    if (Array.isArray(value))
        return `[${value.map((element) => jsonText(element, { dataType: elementType })).join(",")}]`;
    if (typeof value === "number") {
        if (!Number.isFinite(value)) throw new Misfit("a finite number");
        // Without the decimal point some servers read an integer, which has no -0 (milvus-lite 3, measured).
        if (Object.is(value, -0)) return "-0.0";
        return dataType === "Float" ? floatText(value) : doubleText(value);
    }
    if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
    return typeof value === "string" ? JSON.stringify(value) : (value as boolean | bigint).toString();
}
