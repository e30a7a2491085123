import type { Misfit, ValueType } from "./misfit";
import type { Path } from "../report/path";

const largestSparseIndex = 2 ** 32 - 2;

/** The elements of a vector type that does not hold arbitrary numbers: minimum, maximum, and a text for messages. */
const elements: Partial<Record<string, { least: number; most: number; what: string }>> = {
    BinaryVector: { least: 0, most: 255, what: "bytes, eight dimensions each: whole numbers from 0 to 255" },
    Int8Vector: { least: -128, most: 127, what: "whole numbers from -128 to 127" },
};

/**
 * Checks the value of a vector: a list of its dimensions or, if binary, of its bytes; an object of positions, if sparse.
 */
export function vectorMisfit(value: unknown, { dataType, dim }: ValueType, at: Path): Misfit | undefined {
    if (dataType === "SparseFloatVector") return sparse(value, at);
    const bounds = elements[dataType!];
    const fits = (element: unknown): boolean => {
        if (element === undefined || !bounds) return element === undefined || Number.isFinite(element);
        return Number.isInteger(element) && Number(element) >= bounds.least && Number(element) <= bounds.most;
    };
    if (!Array.isArray(value) || !value.every(fits))
        return {
            code: "MV031",
            at,
            reason: `A ${dataType!} must be a list of ${bounds?.what ?? "numbers"}.`,
        };
    const length = dataType === "BinaryVector" ? (dim ?? NaN) / 8 : dim;
    return Number.isInteger(length) && value.length !== length
        ? { code: "MV035", at, reason: `The vector has ${value.length} elements but needs ${length!}.` }
        : undefined;
}

/** Positions are uint32 below the largest value. Source: Milvus docs, "Sparse Vector". */
function sparse(value: unknown, at: Path): Misfit | undefined {
    const wrong: Misfit = {
        code: "MV031",
        at,
        reason: "A SparseFloatVector must be an object of positions and numbers, such as { 17: 0.5 }.",
    };
    if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong;
    const fits = ([position, weight]: [string, unknown]): boolean =>
        /^(0|[1-9]\d*)$/.test(position) &&
        Number(position) <= largestSparseIndex &&
        (weight === undefined || Number.isFinite(weight));
    return Object.entries(value).every(fits) ? undefined : wrong;
}
