import type { Field } from "../../provider/inputs/schema/collection";
import { batchLimits } from "../../provider/inputs/schema/migration";

/** The part of a plan that its sample fills in. */
interface Sampled {
    rows?: number | undefined;
    bytes?: number | undefined;
}
type Sized = Pick<Field, "dataType" | "dim">;

/** What a value is taken for whose size only the rows tell: text, JSON, lists, sparse vectors. In bytes. */
const UNKNOWN_BYTES = 128;

/**
 * The bytes of an insert that holds about `rows` rows, for the core counts bytes. The sample of the plan says how many a
 * row has; a collection that is not loaded has no sample, and its fields say about how many.
 */
export function batchBytes(rows: number, plan: Sampled, fields: readonly Sized[]): number {
    const perRow = plan.rows && plan.bytes ? plan.bytes / plan.rows : sum(fields.map(bytesOf));
    return Math.round(Math.min(batchLimits.most, Math.max(batchLimits.least, perRow * rows)));
}

function bytesOf({ dataType, dim }: Sized): number {
    const bytes = dim === undefined ? bytesOfScalar[dataType] : (bitsOfDimension[dataType] ?? 32) * (dim / 8);
    return bytes ?? UNKNOWN_BYTES;
}

const bitsOfDimension: Partial<Record<string, number>> = {
    FloatVector: 32,
    Float16Vector: 16,
    BFloat16Vector: 16,
    Int8Vector: 8,
    BinaryVector: 1,
};

const bytesOfScalar: Partial<Record<string, number>> = {
    Bool: 1,
    Int8: 4,
    Int16: 4,
    Int32: 4,
    Int64: 8,
    Float: 4,
    Double: 8,
};

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
