import type { Collection } from "../../inputs/schema/collection";
import { isVector, type VectorType } from "../../inputs/schema/dataType";
import { metricTypes } from "../../inputs/schema/indexType";
import type { ObservedCollection } from "../../observe/state";
import type { RowMapping } from "./mapping";

/** A vector field that queries can be asked of. */
export interface GatedField {
    /** In the new collection. */
    field: string;
    dataType: VectorType;
    dim: number | undefined;
    /** The metric that the program declares for its index. */
    metric: string;
    /** Whether exact neighbours can be computed: every metric but those of functions (BM25, MHJACCARD) and older ones. */
    isExact: boolean;
    /** Whether a function makes the vectors, so that a query can be text. */
    takesText: boolean;
    /** Whether rows can be sampled as queries: the output of BM25 cannot be read. */
    canBeSampled: boolean;
    /** The field of the old collection that clients search today; undefined for a new field. */
    old: { field: string; dataType: VectorType; dim: number | undefined } | undefined;
    /**
     * Whether the old vectors are those of the new field, so that both collections have the same neighbours. A transform
     * computes vectors of another space.
     */
    isSameSpace: boolean;
}

/** Metrics whose exact scores are computed: see migration/gate/scorer.ts. */
const exactMetrics: ReadonlySet<string> = new Set(["L2", "IP", "COSINE", "HAMMING", "JACCARD"]);

/** The vector fields of the new collection, each with its counterpart in the old one. */
export function gatedFields(
    { fields, functions, indexes }: Collection,
    mapping: RowMapping,
    source: ObservedCollection,
): GatedField[] {
    const functionOf = (field: string) =>
        functions.find(({ outputFieldNames }) => outputFieldNames.includes(field));
    return fields.flatMap((to): GatedField[] => {
        const { name, dataType, dim } = to;
        if (!isVector(dataType)) return [];
        const made = functionOf(name);
        const mapped = mapping.columns.find((column) => column.to.name === name)?.source;
        const carried = mapped?.kind === "carry" || mapped?.kind === "convert" ? mapped.from.name : undefined;
        const former = carried ?? to.previousName ?? name;
        const old = source.fields.find((field) => field.name === former);
        const metric =
            indexes.find(({ field }) => field === name)?.metricType ??
            (made?.type === "BM25" ? "BM25" : metricTypes[dataType][0]!);
        return [
            {
                field: name,
                dataType,
                dim,
                metric,
                isExact: exactMetrics.has(metric),
                takesText: made !== undefined,
                canBeSampled: made?.type !== "BM25",
                old:
                    old && isVector(old.dataType)
                        ? { field: old.name, dataType: old.dataType, dim: old.dim }
                        : undefined,
                isSameSpace: carried !== undefined,
            },
        ];
    });
}
