import type { DataType } from "../../../inputs/schema/dataType";
import { longestVarChar } from "../../../inputs/schema/field";
import type { Field } from "../../../inputs/schema/collection";
import type { Capabilities, ObservedField } from "../../../observe/state";
import { bits, longest } from "../../diff/typeSize";

/** How values are converted from one type to another. NULL stays NULL unless the mapping has a value for it. */
export type Conversion =
    /** Every value converts without loss. */
    | { kind: "exact" }
    /** A value that does not fit stops the copy before the cutover. `needs` describes the values that fit. */
    | { kind: "checked"; needs: string }
    /** Values are rounded to the nearest, ties to even. A value out of range stops the copy. */
    | { kind: "lossy"; loss: "precision"; needs: string };

/** The parts of a type that a conversion depends on, of an observed or a declared field. */
export type Typed = Pick<
    Field | ObservedField,
    "dataType" | "elementType" | "dim" | "maxLength" | "maxCapacity"
> & {
    /** The JSON that the target's server stores. Default: any. */
    json?: Capabilities["json"];
};

type Family = "bool" | "whole" | "real" | "text" | "opaque" | "json" | "array" | "dense" | "other";
type Rule = (from: Typed, to: Typed) => Conversion | undefined;

const families = {
    Bool: "bool",
    Int8: "whole",
    Int16: "whole",
    Int32: "whole",
    Int64: "whole",
    Float: "real",
    Double: "real",
    VarChar: "text",
    // The server parses this text and returns it in its own format.
    Geometry: "opaque",
    Timestamptz: "opaque",
    JSON: "json",
    Array: "array",
    FloatVector: "dense",
    Float16Vector: "dense",
    BFloat16Vector: "dense",
    Int8Vector: "dense",
    BinaryVector: "other",
    SparseFloatVector: "other",
} satisfies Record<DataType, Family>;

const exact: Conversion = { kind: "exact" };
const checked = (needs: string): Conversion => ({ kind: "checked", needs });
const rounded = (needs: string): Conversion => ({ kind: "lossy", loss: "precision", needs });
const always: Rule = () => exact;

const holds: Rule = (from, to) =>
    bits[from.dataType]! <= bits[to.dataType]!
        ? exact
        : checked(`a whole number that ${to.dataType} can represent`);
const round: Rule = (from, to) =>
    bits[from.dataType]! <= bits[to.dataType]! ? exact : rounded(`a number in the range of ${to.dataType}`);
const asText: Rule = (from, { maxLength = longestVarChar }) =>
    (longest[from.dataType] ?? from.maxLength ?? longestVarChar + 1) <= maxLength
        ? exact
        : checked(`at most ${maxLength} bytes as text`);
const toElement: Rule = (from, to) => conversionOf(from, elementOf(to));
const toElements: Rule = (from, to) => {
    const elements = conversionOf(elementOf(from), elementOf(to));
    const { maxCapacity = Infinity } = to;
    const roomy = (from.maxCapacity ?? 0) <= maxCapacity;
    return elements?.kind !== "exact" || roomy ? elements : checked(`at most ${maxCapacity} elements`);
};
const numberIn =
    (what: string): Rule =>
    (_, to) =>
        checked(`${what} that ${to.dataType} can represent`);
const fromList: Rule = (_, to) =>
    isScalar(elementOf(to))
        ? checked(`a JSON list of values that ${elementOf(to).dataType} can represent`)
        : undefined;

const textOf = {
    any: "JSON",
    "objects and lists": "the text of a JSON object or list",
    objects: "the text of a JSON object",
} satisfies Record<Capabilities["json"], string>;

/** A pair that is not listed cannot be converted. */
const table = {
    bool: { bool: always, text: asText, json: always, array: toElement },
    whole: { whole: holds, real: holds, text: asText, json: always, array: toElement },
    real: {
        whole: numberIn("a whole number"),
        real: round,
        text: asText,
        json: always,
        array: toElement,
    },
    text: {
        bool: () => checked('"true" or "false"'),
        whole: numberIn("the text of a whole number"),
        real: numberIn("the text of a number"),
        text: asText,
        json: (_, { json: stored = "any" }) => checked(textOf[stored]),
        array: toElement,
    },
    opaque: { text: asText, json: always },
    json: {
        bool: () => checked("the JSON value true or false"),
        whole: numberIn("a whole JSON number"),
        real: numberIn("a JSON number"),
        text: (_, { maxLength = longestVarChar }) =>
            checked(`a JSON object, list or string of at most ${maxLength} bytes as text`),
        json: always,
        array: fromList,
    },
    array: {
        json: (from) => (isScalar(elementOf(from)) ? exact : undefined),
        array: toElements,
    },
    dense: { dense },
    other: {},
} satisfies Record<Family, Partial<Record<Family, Rule>>>;

/** The conversion of values from one type to another; undefined where there is none. */
export function conversionOf(from: Typed, to: Typed): Conversion | undefined {
    const rules: Partial<Record<Family, Rule>> | undefined = table[families[from.dataType]];
    return rules?.[families[to.dataType]]?.(from, to);
}

/** The conversion of a value inside JSON, such as a dynamic key. There, only a JSON string is text. */
export function extractionOf(to: Typed): Conversion | undefined {
    if (to.dataType === "VarChar")
        return checked(`a JSON string of at most ${to.maxLength ?? longestVarChar} bytes`);
    return conversionOf({ dataType: "JSON" }, to);
}

/** Whether a field's values can become keys of the dynamic field. */
export function canMoveToDynamicField(from: Typed): boolean {
    return isScalar(from) || (from.dataType === "Array" && isScalar(elementOf(from)));
}

/**
 * Vectors convert only at the same dimension. Int8Vector accepts only whole numbers: rounding would destroy an embedding
 * whose components are between -1 and 1.
 */
function dense(from: Typed, to: Typed): Conversion | undefined {
    if (from.dim !== to.dim) return undefined;
    const [source, target] = [from.dataType, to.dataType];
    if (source === target || target === "FloatVector" || source === "Int8Vector") return exact;
    return target === "Int8Vector"
        ? checked("components that are whole numbers from -128 to 127")
        : rounded(`components in the range of ${target}`);
}

function isScalar({ dataType }: Typed): boolean {
    return ["bool", "whole", "real", "text", "opaque", "json"].includes(families[dataType]);
}

/** The element type of an Array. A Struct or an unknown type counts as a type that cannot be converted. */
function elementOf({ elementType, maxLength }: Typed): Typed {
    const known = elementType !== undefined && elementType in families;
    return {
        dataType: known ? (elementType as DataType) : "SparseFloatVector",
        ...(maxLength && { maxLength }),
    };
}
