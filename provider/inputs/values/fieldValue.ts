import { isVector } from "../schema/dataType";
import { longestVarChar } from "../schema/field";
import type { Misfit, ValueType } from "./misfit";
import type { Path } from "../report/path";
import { vectorMisfit } from "./vectorValue";

/** Bounds of the integer types (Milvus docs, "Number Field"). */
const integers: Record<string, [bigint, bigint]> = {
    Int8: [-128n, 127n],
    Int16: [-32_768n, 32_767n],
    Int32: [-(2n ** 31n), 2n ** 31n - 1n],
    Int64: [-(2n ** 63n), 2n ** 63n - 1n],
};
const largestFloat = 3.4028234663852886e38;

/** The first reason why a value does not fit the type. `undefined` inside a value is open and fits. */
export function misfit(value: unknown, type: ValueType, at: Path = []): Misfit | undefined {
    const { dataType } = type;
    if (value === undefined || dataType === undefined) return undefined;
    const wrong = (wanted: string): Misfit => ({
        code: "MV031",
        at,
        reason: `A value of a ${dataType} must be ${wanted}.`,
    });
    if (dataType in integers) return integer(value, dataType, at);
    if (isVector(dataType)) return vectorMisfit(value, type, at);
    switch (dataType) {
        case "Bool":
            return typeof value === "boolean" ? undefined : wrong("true or false");
        case "Float":
        case "Double":
            if (typeof value !== "number") return wrong("a number");
            return dataType === "Float" && Math.abs(value) > largestFloat
                ? { code: "MV032", at, reason: `${value} is beyond the range of a Float. Use a Double.` }
                : undefined;
        case "VarChar":
            return typeof value === "string"
                ? text(value, type.maxLength ?? longestVarChar, at)
                : wrong("text");
        case "Geometry":
            return typeof value === "string" && value !== ""
                ? undefined
                : wrong('well-known text, such as "POINT (1 2)"');
        case "Timestamptz":
            if (typeof value === "string" ? /^\d{4}-\d\d-\d\d/.test(value) : Number.isSafeInteger(value))
                return undefined;
            return wrong('a time, such as "2025-05-01T12:00:00Z"');
        case "Array":
            return array(value, type, at);
        default:
            return undefined;
    }
}

function integer(value: unknown, dataType: string, at: Path): Misfit | undefined {
    const [least, most] = integers[dataType]!;
    const digits = dataType === "Int64" && typeof value === "string" && /^-?\d{1,20}$/.test(value);
    if (!digits && !Number.isInteger(value)) {
        const form = dataType === "Int64" ? "a whole number, or a string of digits" : "a whole number";
        return { code: "MV031", at, reason: `A value of an ${dataType} must be ${form}.` };
    }
    const exact = BigInt(value as string | number);
    if (exact < least || exact > most)
        return {
            code: "MV032",
            at,
            reason: `${String(value)} is out of range. An ${dataType} is from ${least} to ${most}.`,
        };
    if (typeof value === "number" && !Number.isSafeInteger(value))
        return {
            code: "MV033",
            at,
            reason: `${value} is beyond 2^53 and may be rounded. Write it as a string of digits.`,
        };
    return undefined;
}

function text(value: string, maxLength: number, at: Path): Misfit | undefined {
    const bytes = Buffer.byteLength(value);
    return bytes > maxLength
        ? { code: "MV034", at, reason: `The text has ${bytes} bytes, but maxLength is ${maxLength}.` }
        : undefined;
}

function array(value: unknown, type: ValueType, at: Path): Misfit | undefined {
    if (!Array.isArray(value)) return { code: "MV031", at, reason: "A value of an Array must be a list." };
    if (type.maxCapacity !== undefined && value.length > type.maxCapacity)
        return {
            code: "MV034",
            at,
            reason: `The list has ${value.length} elements, but maxCapacity is ${type.maxCapacity}.`,
        };
    const element = { dataType: type.elementType as ValueType["dataType"], maxLength: type.maxLength };
    return first(value, (one: unknown, index) =>
        type.elementType === "Struct"
            ? struct(one, type, [...at, index])
            : misfit(one, element, [...at, index]),
    );
}

function struct(value: unknown, { fields = [] }: ValueType, at: Path): Misfit | undefined {
    if (value === undefined) return undefined;
    const names = fields.map((field) => field?.name);
    const wrong: Misfit = {
        code: "MV031",
        at,
        reason: `A Struct must be an object with the fields ${names.join(", ")}.`,
    };
    if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong;
    // While the name of a field is open, missing and extra keys cannot be determined.
    if (!names.includes(undefined) && !Object.keys(value).every((key) => names.includes(key))) return wrong;
    return first(fields, (field) => {
        if (field?.name === undefined) return undefined;
        const inner = (value as Record<string, unknown>)[field.name];
        const place = [...at, field.name];
        return inner === undefined
            ? { ...wrong, at: place, reason: `${field.name} is missing.` }
            : misfit(inner, field, place);
    });
}

function first<T>(list: T[], find: (element: T, index: number) => Misfit | undefined): Misfit | undefined {
    for (const [index, element] of list.entries()) {
        const found = find(element, index);
        if (found) return found;
    }
    return undefined;
}
