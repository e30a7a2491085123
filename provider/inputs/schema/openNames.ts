import { elementTypes } from "./dataType";

/** A string, of which an editor offers the names that are known: newer servers have more. */
type Open<Known extends string> = Known | (string & {});

/** Source: Milvus docs, "Index Explained" (2.6). */
export type KnownIndexType =
    | "AUTOINDEX"
    | "FLAT"
    | "IVF_FLAT"
    | "IVF_SQ8"
    | "IVF_PQ"
    | "IVF_RABITQ"
    | "SCANN"
    | "DISKANN"
    | "AISAQ"
    | "HNSW"
    | "HNSW_SQ"
    | "HNSW_PQ"
    | "HNSW_PRQ"
    | "GPU_IVF_FLAT"
    | "GPU_IVF_PQ"
    | "GPU_CAGRA"
    | "GPU_BRUTE_FORCE"
    | "BIN_FLAT"
    | "BIN_IVF_FLAT"
    | "MINHASH_LSH"
    | "SPARSE_INVERTED_INDEX"
    | "SPARSE_WAND"
    | "INVERTED"
    | "BITMAP"
    | "Trie"
    | "STL_SORT"
    | "NGRAM"
    | "RTREE"
    | "HYBRID";

/** Source: Milvus docs, "Metric Types". */
export type KnownMetric =
    "COSINE" | "L2" | "IP" | "HAMMING" | "JACCARD" | "MHJACCARD" | "SUBSTRUCTURE" | "SUPERSTRUCTURE" | "BM25";

/** Source: schema.proto, FunctionType (Milvus 3.0). */
export const functionTypeNames = ["BM25", "TextEmbedding", "Rerank", "MinHash", "MolFingerprint"] as const;

/** Milvus' names of index types; a newer one is accepted with a warning (MV063). */
export type IndexType = Open<KnownIndexType>;
/** Milvus' names of metrics; those of lists of vectors begin with `MAX_SIM_`. */
export type MetricType = Open<KnownMetric | `MAX_SIM_${"COSINE" | "L2" | "IP" | "HAMMING" | "JACCARD"}`>;
/** Milvus' names of functions; a newer one is accepted with a warning (MV073). */
export type FunctionType = Open<(typeof functionTypeNames)[number]>;
/** Types of the elements of an Array. */
export type ElementType = Open<(typeof elementTypes)[number]>;
