import type { Target } from "../cell/carry";
import type { ValueType, WireValue } from "../cell/cell";
import { gatherColumn } from "../cell/gather";
import { shortly } from "../cell/shortly";
import type { Column } from "../column/column";
import { limitCheck } from "./limits";
import { components, componentsOf } from "../encoding/component";
import { viewOf } from "../encoding/view";
import { Misfit } from "../error";
import { computedJson } from "./computedJson";

/**
 * Builds a column from the values that a transform returned, one for each row. Every value that some server refuses or
 * stores as another one is rejected here, because a server names no row and milvus-lite stores NaN (measured).
 * `backfill` replaces NULL.
 * @throws WireError `null-refused`, `does-not-fit` with the first such row
 */
export function columnOfValues(target: Target, values: readonly unknown[], backfill?: WireValue): Column {
    const check = limitCheck(target);
    return gatherColumn(target, values.length, {
        valueOf: (row) => {
            const value = wireValue(values[row], target);
            if (value !== null) check?.(value);
            return value;
        },
        show: (row) => shown(values[row]),
        ...(backfill !== undefined && { backfill }),
    });
}

/** The value for the encoder, which checks types and ranges of whole numbers. @throws Misfit */
function wireValue(value: unknown, type: ValueType): WireValue {
    if (value === undefined || value === null) return null;
    const listed = isTypedArray(value) ? Array.from(value) : value;
    const accept = accepted[type.dataType];
    return accept ? accept(listed, type) : (listed as WireValue);
}

/** A Uint8Array is a vector's or a JSON text's bytes. */
function isTypedArray(value: unknown): value is Iterable<number | bigint> & ArrayBufferView {
    return ArrayBuffer.isView(value) && !(value instanceof Uint8Array) && !(value instanceof DataView);
}

type Accept = (value: unknown, type: ValueType) => WireValue;

const accepted: Partial<Record<string, Accept>> = {
    Float: finite("a number in the range of Float"),
    Double: finite("a finite number"),
    JSON: computedJson,
    Array: (value, { elementType = "" }) => elements(value, { dataType: elementType }),
    FloatVector: finiteComponents,
    Float16Vector: finiteComponents,
    BFloat16Vector: finiteComponents,
    SparseFloatVector: sparse,
};

/** Milvus refuses NaN and infinite numbers ("VerifyFloats" in its proxy). Whether it is a number is left to the encoder. */
function finite(wanted: string): Accept {
    return (value, { dataType }) => {
        if (typeof value === "number" && !Number.isFinite(components[dataType]!.stored(value)))
            throw new Misfit(wanted);
        return value as WireValue;
    };
}

function finiteComponents(value: unknown, { dataType }: ValueType): WireValue {
    const type = components[dataType]!;
    const numbers = value instanceof Uint8Array ? componentsOf(value, type) : value;
    if (!Array.isArray(numbers)) return value as WireValue;
    const at = numbers.findIndex((one) => typeof one === "number" && !Number.isFinite(type.stored(one)));
    if (at >= 0)
        throw new Misfit(
            `finite components in the range of the type, and component ${String(at)} is ${String(numbers[at])}`,
        );
    return value as WireValue;
}

/** An element cannot be NULL in an insert. */
function elements(value: unknown, type: ValueType): WireValue {
    const list = value instanceof Uint8Array ? Array.from(value) : value;
    if (!Array.isArray(list)) return list as WireValue;
    // `Array.from` visits the holes of a list, too.
    return Array.from(list, (element: unknown) => {
        const one = wireValue(element, type);
        if (one === null) throw new Misfit("a list without NULL");
        return one;
    });
}

/** Milvus and milvus-lite refuse negative weights, too ("ValidateSparseFloatRows"; `normalize_sparse_vector`). */
const wantedWeights = "weights that are finite and not negative";

function sparse(value: unknown): WireValue {
    if (value instanceof Uint8Array) return sparseBytes(value);
    if (typeof value !== "object" || Array.isArray(value))
        throw new Misfit("an object of indexes and weights");
    const entries =
        value instanceof Map ? [...(value as Map<unknown, unknown>)] : Object.entries(value as object);
    const seen = new Map<number, WireValue>();
    for (const [key, weight] of entries) {
        const index = Number(key);
        if (seen.has(index)) throw new Misfit("each index only once");
        if (typeof weight === "number" && !isWeight(weight)) throw new Misfit(wantedWeights);
        seen.set(index, weight as WireValue);
    }
    return Object.fromEntries(seen);
}

function sparseBytes(value: Uint8Array): WireValue {
    const view = viewOf(value);
    if (value.length % 8 !== 0) throw new Misfit("pairs of an index and a weight, 8 bytes each");
    for (let at = 0, last = -1; at < value.length; at += 8) {
        const index = view.getUint32(at, true);
        if (index <= last || index === 2 ** 32 - 1) throw new Misfit("rising indexes below 2^32 - 1");
        if (!isWeight(view.getFloat32(at + 4, true))) throw new Misfit(wantedWeights);
        last = index;
    }
    return value;
}

function isWeight(weight: number): boolean {
    return weight >= 0 && Number.isFinite(Math.fround(weight));
}

/** A list shows its length, because its first elements seldom tell what does not fit. */
function shown(value: unknown): string {
    if (ArrayBuffer.isView(value)) return `${String(value.byteLength)} bytes`;
    if (Array.isArray(value)) return `a list of ${String(value.length)}`;
    if (typeof value === "number" || typeof value === "bigint") return String(value);
    if (typeof value === "string") return shortly(value);
    return value !== null && typeof value === "object" ? "an object" : typeof value;
}
