import type { FieldArguments } from "../data/field";
import { type Json, readJson, writeJson } from "./json";

/** The type of a field, or of an Array's elements, as far as it determines values. */
export type Type = Pick<FieldArguments, "dataType" | "elementType" | "dim" | "maxLength" | "maxCapacity">;

/** An exact value: integers as bigint, floats as number, JSON parsed, dense vectors as their components. */
export type Value = bigint | number | Json | Value[];

export const NULL = "NULL";

/** The value of a cell of a `Table`. Vectors without a conversion (binary, sparse) stay unchanged. */
export function readCell(cell: string, type: Type): Value {
    if (cell === NULL) return null;
    switch (type.dataType) {
        case "Bool":
            return cell === "true";
        case "Int8":
        case "Int16":
        case "Int32":
        case "Int64":
            return BigInt(cell);
        case "Float":
            return Buffer.from(cell, "hex").readFloatLE();
        case "Double":
            return Buffer.from(cell, "hex").readDoubleLE();
        case "JSON":
            return readJson(cell);
        case "Array":
            return (JSON.parse(cell) as string[]).map((element) => readCell(element, elementOf(type)));
        case "FloatVector":
            return components(cell, 4).map((bytes) => bytes.readFloatLE());
        case "Float16Vector":
        case "BFloat16Vector":
            return components(cell, 2).map(
                (bytes) => halves[type.dataType as Half].values[bytes.readUInt16LE()]!,
            );
        default:
            return cell;
    }
}

/** The cell of a value; for JSON its canonical form. */
export function writeCell(value: Value, type: Type): string {
    if (type.dataType === "JSON") return writeJson(value as Json);
    if (value === null) return NULL;
    switch (type.dataType) {
        case "Float":
            return hex(4, (bytes) => bytes.writeFloatLE(value as number));
        case "Double":
            return hex(8, (bytes) => bytes.writeDoubleLE(value as number));
        case "Array":
            return JSON.stringify((value as Value[]).map((element) => writeCell(element, elementOf(type))));
        case "FloatVector":
            return (value as number[]).map((one) => hex(4, (bytes) => bytes.writeFloatLE(one))).join("");
        case "Float16Vector":
        case "BFloat16Vector":
            return (value as number[])
                .map((one) => hex(2, (bytes) => bytes.writeUInt16LE(halfBits(one, type.dataType as Half)!)))
                .join("");
        default:
            return `${value as bigint | boolean | string}`;
    }
}

export function elementOf({ elementType, maxLength }: Type): Type {
    return { dataType: elementType as Type["dataType"], maxLength };
}

export type Half = "Float16Vector" | "BFloat16Vector";

/** Every 16-bit value by its bits: a lookup proves more than computing the value twice in the same way. */
const halves: Record<Half, { values: number[]; finite: number[] }> = {
    Float16Vector: tableOf((bits) => {
        const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
        if (exponent === 31) return fraction === 0 ? Infinity : NaN;
        return exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
    }),
    BFloat16Vector: tableOf((bits) => Buffer.from([(bits >> 8) & 0x7f, bits & 0xff, 0, 0]).readFloatBE()),
};

function tableOf(size: (bits: number) => number): { values: number[]; finite: number[] } {
    const positive = Array.from({ length: 2 ** 15 }, (_, bits) => size(bits));
    return {
        values: [...positive, ...positive.map((value) => -value)],
        finite: positive.slice(0, positive.indexOf(Infinity)),
    };
}

/** The bits of the nearest value, ties to even; undefined beyond the largest. */
export function halfBits(value: number, type: Half): number | undefined {
    const { finite } = halves[type];
    const sign = value < 0 || Object.is(value, -0) ? 2 ** 15 : 0;
    const size = Math.abs(value);
    let below = 0;
    for (let above = finite.length; above - below > 1;) {
        const middle = (below + above) >> 1;
        if (finite[middle]! <= size) below = middle;
        else above = middle;
    }
    // The step above the largest value is as wide as the one below it.
    const next = finite[below + 1] ?? 2 * finite[below]! - finite[below - 1]!;
    const rest = size - finite[below]! - (next - size);
    const bits = rest > 0 || (rest === 0 && below % 2 === 1) ? below + 1 : below;
    return bits < finite.length ? sign | bits : undefined;
}

function components(cell: string, width: number): Buffer[] {
    const bytes = Buffer.from(cell, "hex");
    return Array.from({ length: bytes.length / width }, (_, at) =>
        bytes.subarray(at * width, (at + 1) * width),
    );
}

function hex(width: number, write: (bytes: Buffer) => void): string {
    const bytes = Buffer.alloc(width);
    write(bytes);
    return bytes.toString("hex");
}
