import type { ValueType, WireValue } from "../cell/cell";
import { doubleText, floatText } from "../encoding/decimal";
import { Misfit } from "../error";

/** A value as JSON: numbers with all their digits, text as a JSON string, JSON as it is. @throws Misfit for NaN */
export function jsonText(value: WireValue, { dataType, elementType = "" }: ValueType): string {
    if (Array.isArray(value))
        return `[${value.map((element) => jsonText(element, { dataType: elementType })).join(",")}]`;
    if (typeof value === "number") {
        if (!Number.isFinite(value)) throw new Misfit("a finite number");
        // Without its point it would be an integer to some servers, and those have no -0 (milvus-lite 3, measured).
        if (Object.is(value, -0)) return "-0.0";
        return dataType === "Float" ? floatText(value) : doubleText(value);
    }
    if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
    return typeof value === "string" ? JSON.stringify(value) : (value as boolean | bigint).toString();
}
