import type { VectorType } from "./dataType";
import type { KnownIndexType, KnownMetric } from "./openNames";

const dense = ["FloatVector", "Float16Vector", "BFloat16Vector", "Int8Vector"] as const;
const binary = ["BinaryVector"] as const;
const sparse = ["SparseFloatVector"] as const;

type Fits = readonly VectorType[] | "scalar" | "any";

/**
 * The vector types, or scalars, that an index type fits. Newer servers have more, so an unlisted type is only a warning.
 */
export const indexTypes: ReadonlyMap<string, Fits> = new Map(
    Object.entries({
        // Source: Milvus docs, "Index Explained" (2.6); HNSW takes binary vectors on newer servers.
        ...of("any", "AUTOINDEX"),
        ...of(dense, "FLAT", "IVF_FLAT", "IVF_SQ8", "IVF_PQ", "IVF_RABITQ", "SCANN", "DISKANN", "AISAQ"),
        ...of([...dense, ...binary], "HNSW"),
        ...of(dense, "HNSW_SQ", "HNSW_PQ", "HNSW_PRQ"),
        ...of(dense, "GPU_IVF_FLAT", "GPU_IVF_PQ", "GPU_CAGRA", "GPU_BRUTE_FORCE"),
        ...of(binary, "BIN_FLAT", "BIN_IVF_FLAT", "MINHASH_LSH"),
        ...of(sparse, "SPARSE_INVERTED_INDEX", "SPARSE_WAND"),
        ...of("scalar", "INVERTED", "BITMAP", "Trie", "STL_SORT", "NGRAM", "RTREE", "HYBRID"),
    } satisfies Record<KnownIndexType, Fits>),
);

/** The metrics of a vector type, the default first. Source: Milvus docs, "Metric Types". */
export const metricTypes: Record<VectorType, readonly string[]> = {
    FloatVector: ["COSINE", "L2", "IP"],
    Float16Vector: ["COSINE", "L2", "IP"],
    BFloat16Vector: ["COSINE", "L2", "IP"],
    Int8Vector: ["COSINE", "L2", "IP"],
    // SUBSTRUCTURE and SUPERSTRUCTURE exist up to 2.5, MHJACCARD (with MINHASH_LSH) since 2.6.
    BinaryVector: ["HAMMING", "JACCARD", "MHJACCARD", "SUBSTRUCTURE", "SUPERSTRUCTURE"],
    SparseFloatVector: ["IP", "BM25"],
} satisfies Record<VectorType, readonly KnownMetric[]>;

/**
 * The metrics of a vector in an Array of Structs: for the list as a whole, or for its elements (docs, "Array of
 * Structs").
 */
export function listMetricTypes(dataType: VectorType): string[] {
    return [...metricTypes[dataType].map((metric) => `MAX_SIM_${metric}`), ...metricTypes[dataType]];
}

function of<Type extends KnownIndexType>(fits: Fits, ...types: Type[]): Record<Type, Fits> {
    return Object.fromEntries(types.map((type) => [type, fits])) as Record<Type, Fits>;
}
