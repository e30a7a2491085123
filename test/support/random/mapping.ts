import type { FieldValue } from "../../../provider/inputs/schema/field";
import { toCells, toFieldData } from "../data/fieldData";
import type { FieldArguments } from "../data/field";
import type { Value as Sent } from "../data/values";
import { halfBits, NULL, readCell, type Type, writeCell } from "./cells";
import { converter, fromJson, isLossy, isSame, limited, Unfit } from "./convert";
import type { Dialect } from "./dialect";
import { type Json, readJson, writeJson } from "./json";
import type { Program } from "./program";

/** How a field of the new program gets its value from a row of the old one, according to the documentation alone. */
export interface Column {
    to: FieldArguments;
    /** The column of the old collection that it is derived from; undefined if every row gets the same value. */
    reads: string | undefined;
    /** @throws Unfit if the row has no value that the field accepts */
    make: (cell: string) => string;
    /** The equality to check: every bit, the meaning of JSON, or the number in a text. */
    counts: "bits" | "json" | "number";
    /** The loss that `migration.allow` must name; with `ofNulls` only if a row holds NULL. */
    loss?: { allow: string; ofNulls: boolean };
}

/** Undefined for a field without a source: such a program is rejected. */
export function columnOf(
    to: FieldArguments,
    before: Program,
    after: Program,
    dialect: Dialect,
): Column | undefined {
    if (to.from !== undefined) return extracted(to, to.from, dialect);
    const from = originOf(to, before, after);
    if (!from) return constant(to, to.backfill);
    const counts = to.dataType === "JSON" && !dialect.keepsJson ? "json" : "bits";
    const fills = (make: (cell: string) => string) => (cell: string) =>
        cell === NULL ? ofNull(to) : make(cell);
    const column = { to, reads: from.name, ...lossOf(from, to) };
    if (isSame(from, to))
        return { ...column, counts, make: fills((cell) => (limited(readCell(cell, from), to), cell)) };
    const convert = converter(from, to);
    // Rejected completely if the server does not store this kind of JSON: it could not be known which text is an
    // object.
    if (to.dataType === "JSON" && !dialect.json.test(from.dataType === "Array" ? "[]" : "0"))
        return undefined;
    // Its values are dropped only for a backfill.
    if (!convert) return to.backfill === undefined ? undefined : constant(to, to.backfill);
    return {
        ...column,
        counts: to.dataType === "JSON" ? "json" : "number",
        make: fills((cell) => {
            const value = readCell(cell, from);
            if (value === null) return ofNull(to);
            return stored(writeCell(convert(value), to), to, dialect);
        }),
    };
}

/** The field's source: the field that it names, otherwise the field of the same name if no other field uses that. */
export function originOf(to: FieldArguments, before: Program, after: Program): FieldArguments | undefined {
    const taken = after.fields.some(({ previousName }) => previousName === to.name);
    const name = to.previousName ?? (taken || to.from !== undefined ? undefined : to.name);
    return before.fields.find((field) => field.name === name);
}

/** `$meta.lang`, `doc.deep["a key"]`: the column, and the keys from the outermost to the innermost. */
export function placeOf(from: string): { host: string; keys: string[] } {
    const [host, ...keys] = from.split(/\.|\["|"\]/).filter((part) => part !== "");
    return { host: host!, keys };
}

function extracted(to: FieldArguments, from: string, dialect: Dialect): Column {
    const { host, keys } = placeOf(from);
    const missing = constant(to, to.backfill);
    return {
        to,
        reads: host,
        counts: to.dataType === "JSON" ? "json" : "number",
        make: (cell) => {
            let value: Json | undefined = cell === NULL ? null : readJson(cell);
            for (const key of keys) value = value instanceof Map ? value.get(key) : undefined;
            if (value === undefined || value === null) return missing ? missing.make("") : unfit();
            return stored(writeCell(fromJson(value, to), to), to, dialect);
        },
    };
}

const zeros: Partial<Record<Type["dataType"], FieldValue>> = {
    ...{ Bool: false, Int8: 0, Int16: 0, Int32: 0, Int64: 0, Float: 0, Double: 0 },
    ...{ VarChar: "", JSON: {}, Array: [] },
};

/** The same value in every row: the backfill, otherwise the default, otherwise NULL, otherwise the type's zero. */
function constant(to: FieldArguments, backfill: FieldValue | undefined): Column | undefined {
    const zero = to.nullable ? undefined : zeros[to.dataType];
    // NULL in a field with a default is stored as the default (Milvus docs, "Nullable & Default").
    const value = backfill ?? to.defaultValue ?? zero;
    if (value === undefined && !to.nullable) return undefined;
    const cell = value === undefined ? NULL : cellOf(value, to);
    return { to, reads: undefined, make: () => cell, counts: to.dataType === "JSON" ? "json" : "bits" };
}

function ofNull(to: FieldArguments): string {
    const value = to.nullable ? to.defaultValue : (to.backfill ?? to.defaultValue);
    if (value !== undefined && value !== null) return cellOf(value, to);
    return to.nullable ? NULL : unfit();
}

function lossOf(from: FieldArguments, to: FieldArguments): Pick<Column, "loss"> {
    if (!isSame(from, to) && converter(from, to) && isLossy(from, to))
        return { loss: { allow: `narrow:${to.name}`, ofNulls: false } };
    const turns =
        from.nullable && to.nullable && to.defaultValue !== undefined && from.defaultValue === undefined;
    return turns ? { loss: { allow: `null-to-default:${to.name}`, ofNulls: true } } : {};
}

/** Checks that the server accepts the JSON. */
function stored(cell: string, { dataType }: Type, { json }: Dialect): string {
    return dataType === "JSON" && !json.test(cell) ? unfit() : cell;
}

/** The cell of a value in a program. */
export function cellOf(value: FieldValue, type: Type): string {
    if (type.dataType === "JSON") return writeJson(readJson(JSON.stringify(value)));
    return toCells(toFieldData({ name: "", ...type }, [sentOf(value, type)]))[0]!;
}

function sentOf(value: FieldValue, { dataType, elementType, maxLength }: Type): Sent {
    const numbers = value as number[];
    switch (dataType) {
        case "Float16Vector":
        case "BFloat16Vector":
            return Buffer.from(Uint16Array.from(numbers.map((one) => halfBits(one, dataType)!)).buffer);
        case "BinaryVector":
            return Buffer.from(numbers);
        case "SparseFloatVector":
            return Buffer.concat(
                Object.entries(value as Record<string, number>).map(([position, weight]) => {
                    const pair = Buffer.alloc(8);
                    pair.writeUInt32LE(Number(position));
                    pair.writeFloatLE(weight, 4);
                    return pair;
                }),
            );
        case "Array":
            return (value as FieldValue[]).map((one) =>
                sentOf(one, { dataType: elementType as Type["dataType"], maxLength }),
            );
        default:
            return value as Sent;
    }
}

function unfit(): never {
    throw new Unfit();
}
