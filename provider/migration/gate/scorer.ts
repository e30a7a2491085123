import type { VectorRows } from "../../wire";
import { binaryScorer } from "./binaryScorer";
import { denseScorer } from "./denseScorer";
import { sparseScorer } from "./sparseScorer";

/** Takes the score of a row for a query, both by their place. A larger score is a nearer row. */
export type Offer = (query: number, row: number, score: number) => void;

/** Computes exact scores of rows for all queries of one field at once. */
export interface Scorer {
    /** Offers the scores that are above `least` of their query, which an offer may raise. */
    scan(vectors: VectorRows, least: Float64Array, offer: Offer): void;
    /**
     * How far a score may be below that of the last exact hit and count as the same: the server adds 32-bit numbers in an
     * order of its own.
     */
    tolerance(query: number, score: number): number;
}

/**
 * Undefined for a metric whose exact neighbours are not computed here, such as BM25. Source of the metrics: Milvus docs,
 * "Metric Types".
 *
 * @param queries as the server stores vectors of this type
 */
export function scorerOf(
    dataType: string,
    metric: string | undefined,
    queries: readonly Uint8Array[],
): Scorer | undefined {
    if (dataType === "SparseFloatVector") return metric === "IP" ? sparseScorer(queries) : undefined;
    if (dataType === "BinaryVector")
        return metric === "HAMMING" || metric === "JACCARD" ? binaryScorer(metric, queries) : undefined;
    return metric === "L2" || metric === "IP" || metric === "COSINE"
        ? denseScorer(dataType, metric, queries)
        : undefined;
}
