import type { DataType } from "../../../inputs/schema/dataType";
import { longestVarChar } from "../../../inputs/schema/field";
import type { Field } from "../../../inputs/schema/collection";
import type { ObservedField } from "../../../observe/state";
import { bits, longest } from "../../diff/typeSize";

/** How the values of a type become those of another. NULL stays NULL, or becomes what the mapping says. */
export type Conversion =
    /** Every value has one that means the same. */
    | { kind: "exact" }
    /** A value that has none stops the copy before anything is switched; `needs` is what each row needs to be. */
    | { kind: "checked"; needs: string }
    /** Values are rounded to the nearest, ties to even; one out of range stops the copy. */
    | { kind: "lossy"; loss: "precision"; needs: string };

/** A type as far as a conversion goes; both observed fields and those of the spec are one. */
export type Typed = Pick<
    Field | ObservedField,
    "dataType" | "elementType" | "dim" | "maxLength" | "maxCapacity"
>;

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
    // Text that the server alone reads, and writes in a form of its own.
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
    bits[from.dataType]! <= bits[to.dataType]! ? exact : checked(`a whole number that ${to.dataType} holds`);
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
        checked(`${what} that ${to.dataType} holds`);
const fromList: Rule = (_, to) =>
    isScalar(elementOf(to))
        ? checked(`a JSON list of values that ${elementOf(to).dataType} holds`)
        : undefined;

/** What is not here cannot be converted. */
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
        json: () => checked("JSON"),
        array: toElement,
    },
    opaque: { text: asText, json: always },
    json: {
        bool: () => checked("JSON's true or false"),
        whole: numberIn("a whole JSON number"),
        real: numberIn("a JSON number"),
        text: (_, { maxLength = longestVarChar }) => checked(`a JSON string of at most ${maxLength} bytes`),
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

/** The conversion of a field's values to those of another; undefined where there is none. */
export function conversionOf(from: Typed, to: Typed): Conversion | undefined {
    const rules: Partial<Record<Family, Rule>> | undefined = table[families[from.dataType]];
    return rules?.[families[to.dataType]]?.(from, to);
}

/** The conversion of a value inside of JSON, a key of the dynamic field among them. */
export function extractionOf(to: Typed): Conversion | undefined {
    return conversionOf({ dataType: "JSON" }, to);
}

/** Whether a field's values can become keys of the dynamic field. */
export function canMoveToDynamicField(from: Typed): boolean {
    return isScalar(from) || (from.dataType === "Array" && isScalar(elementOf(from)));
}

/** Vectors of one dimension. Rounded to an Int8, an embedding between -1 and 1 would be lost: it takes whole numbers. */
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

/** What an Array holds; Structs and what nobody knows count as a type that nothing converts. */
function elementOf({ elementType, maxLength }: Typed): Typed {
    const known = elementType !== undefined && elementType in families;
    return {
        dataType: known ? (elementType as DataType) : "SparseFloatVector",
        ...(maxLength && { maxLength }),
    };
}
