import type { Field } from "../../../inputs/schema/collection";

/**
 * A value in the spelling that the server returns: it stores instants and shapes, not their text, and a verified copy has to
 * return what was sent. Source: milvus docs, "TIMESTAMPTZ Field" and "Geometry Field" (2.6.6); the server writes shapes with
 * go-geom.
 */
export function asServerSpells<Value>({ dataType }: Pick<Field, "dataType">, value: Value): Value | string {
    if (typeof value !== "string") return value;
    if (dataType === "Timestamptz") return instant(value);
    return dataType === "Geometry" ? shape(value) : value;
}

/** In UTC, without zeros at the end of a fraction. Text without an offset is in the time zone of the collection: it stays. */
function instant(text: string): string {
    const [, day, time, fraction = "", offset] =
        /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.exec(text) ?? [];
    if (day === undefined || time === undefined || offset === undefined) return text;
    const at = new Date(`${day}T${time}${offset.toUpperCase()}`);
    if (Number.isNaN(at.getTime())) return text;
    return `${at.toISOString().slice(0, 19)}${fraction.replace(/\.?0+$/, "")}Z`;
}

/** Names in capitals, a blank before each first parenthesis and after each comma: `POLYGON ((0 0, 1 0, 0 0))`. */
function shape(text: string): string {
    return text
        .trim()
        .toUpperCase()
        .replace(/\s+/g, " ")
        .replace(/([A-Z]) ?\(/g, "$1 (")
        .replace(/\( /g, "(")
        .replace(/ \)/g, ")")
        .replace(/ ?, ?/g, ", ");
}
