import type { Index } from "../../../provider/inputs/schema/collection";
import type { DataType, VectorType } from "../../../provider/inputs/schema/dataType";
import type { Server, ServerName } from "../servers";

/** What a random program may use on a server, and how the server stores it. Source: measured on each of them. */
export interface Dialect {
    scalars: DataType[];
    /** The vector types, with the indexes they support. */
    vectors: Partial<Record<VectorType, Pick<Index, "indexType" | "params">[]>>;
    mostVectors: number;
    /** Index types of scalar fields. */
    scalarIndexes: { type: DataType; index: string }[];
    properties: Record<string, string[]>;
    nullable: boolean;
    partitions: boolean;
    /** milvus-lite 3 creates 16 for a partition key, whatever the request says. */
    numPartitions: number | undefined;
    /** Whether a copy can take the name of its source. */
    rename: boolean;
    shards: number[];
    description: boolean;
    /** Whether rows keep the keys that the server generated, or get new ones. */
    autoId: "kept" | "regenerated";
    /** milvus-lite 3 generates no VarChar keys. */
    autoIdOfText: boolean;
    /**
     * The JSON that the server stores: Milvus 2.3 accepts objects (and null), milvus-lite 3 no numbers, and no plain
     * text.
     */
    json: RegExp;
    /** milvus-lite 3 reformats JSON. */
    keepsJson: boolean;
    /** milvus-lite 3 does not report the length of the texts in an Array. */
    elementLength: boolean;
    /** milvus-lite 3 overwrites a field with the dynamic key of the same name. */
    dynamicKeyCollisions: boolean;
    /** milvus-lite 2.5 loads a collection at each insert and query. */
    staysReleased: boolean;
    largestKey: boolean;
}

const plain: DataType[] = [
    "Bool",
    "Int8",
    "Int16",
    "Int32",
    "Int64",
    "Float",
    "Double",
    "VarChar",
    "JSON",
    "Array",
];
const index = (indexType: string, params: Index["params"] = {}) => ({ indexType, params });
const dense = [
    index("FLAT"),
    index("HNSW", { M: 8, efConstruction: 64 }),
    index("IVF_FLAT", { nlist: 16 }),
    index("AUTOINDEX"),
];
const sparse = [index("SPARSE_INVERTED_INDEX")];
const binary = [index("BIN_FLAT")];
const properties = { "collection.ttl.seconds": ["86400", "864000"], "mmap.enabled": ["true", "false"] };

const dialects: Record<Exclude<ServerName, "external">, Dialect> = {
    "milvus-lite-3.2.2": {
        scalars: [...plain, "Geometry", "Timestamptz"],
        vectors: {
            FloatVector: dense,
            SparseFloatVector: sparse,
        },
        mostVectors: 3,
        scalarIndexes: [],
        properties,
        nullable: true,
        partitions: true,
        numPartitions: undefined,
        rename: true,
        shards: [],
        description: false,
        autoId: "kept",
        autoIdOfText: false,
        json: /^[{[]/,
        keepsJson: false,
        elementLength: false,
        dynamicKeyCollisions: false,
        staysReleased: true,
        largestKey: true,
    },
    "milvus-2.3.5": {
        scalars: plain,
        // This server sometimes crashes when it returns binary vectors (docs/compatibility.md).
        vectors: { FloatVector: dense },
        mostVectors: 1,
        scalarIndexes: [
            { type: "Int64", index: "STL_SORT" },
            { type: "VarChar", index: "Trie" },
        ],
        properties,
        nullable: false,
        partitions: true,
        numPartitions: 4,
        rename: true,
        shards: [1, 2],
        description: true,
        autoId: "regenerated",
        autoIdOfText: true,
        json: /^({|null$)/,
        keepsJson: true,
        elementLength: true,
        dynamicKeyCollisions: true,
        staysReleased: true,
        largestKey: false,
    },
    "milvus-lite-2.5.1": {
        scalars: plain,
        vectors: {
            FloatVector: [index("FLAT"), index("AUTOINDEX")],
            Float16Vector: [index("FLAT")],
            BFloat16Vector: [index("FLAT")],
            BinaryVector: binary,
            SparseFloatVector: sparse,
        },
        mostVectors: 4,
        scalarIndexes: [],
        properties: {},
        nullable: false,
        partitions: false,
        numPartitions: undefined,
        rename: false,
        shards: [],
        description: true,
        autoId: "regenerated",
        autoIdOfText: true,
        json: /^/,
        keepsJson: true,
        elementLength: true,
        dynamicKeyCollisions: true,
        staysReleased: false,
        largestKey: true,
    },
};

/** A server without measurements gets the smallest dialect. */
export function dialectOf({ name }: Server): Dialect {
    if (name !== "external") return dialects[name];
    const vectors = { FloatVector: dense, BinaryVector: binary };
    return { ...dialects["milvus-2.3.5"], vectors, scalarIndexes: [], shards: [] };
}
