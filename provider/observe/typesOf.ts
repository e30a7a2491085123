import type { DataType } from "../inputs/schema/dataType";
import type { Capabilities } from "./state";

type Version = [number, number, number];
type Types = Pick<Capabilities, "lacksTypes" | "severalVectors" | "indexTypes" | "json">;
type IndexTypes = Types["indexTypes"];

const numbers = ["Int8", "Int16", "Int32", "Int64", "Float", "Double"] as const;
const unindexed: IndexTypes = { JSON: [], Array: [] };

/** milvus-lite before 3 (2.5.1, measured). */
const liteBefore3: Types = {
    lacksTypes: ["Int8Vector", "Geometry", "Timestamptz", "Struct"],
    severalVectors: true,
    indexTypes: {
        FloatVector: ["AUTOINDEX", "FLAT", "IVF_FLAT"],
        Float16Vector: ["FLAT"],
        BFloat16Vector: ["FLAT"],
        BinaryVector: ["BIN_FLAT"],
        SparseFloatVector: ["SPARSE_INVERTED_INDEX", "SPARSE_WAND"],
        ...each([...numbers, "VarChar"], ["INVERTED", "Trie"]),
        Bool: ["INVERTED"],
        ...unindexed,
    },
    json: "any",
};

/** milvus-lite 3 (3.2.2, measured). It drops Structs from the schema without an error. */
const lite3: Types = {
    lacksTypes: ["Float16Vector", "BFloat16Vector", "BinaryVector", "Int8Vector", "Struct"],
    severalVectors: true,
    indexTypes: {
        SparseFloatVector: ["SPARSE_INVERTED_INDEX"],
        ...each([...numbers, "VarChar", "Bool"], ["INVERTED"]),
        ...unindexed,
    },
    json: "objects and lists",
};

/** Milvus before 2.4 (2.3.5, measured). It accepts an unknown type, but cannot index it. */
const before24: Types = {
    lacksTypes: [
        "Float16Vector",
        "BFloat16Vector",
        "Int8Vector",
        "SparseFloatVector",
        "Geometry",
        "Timestamptz",
        "Struct",
    ],
    severalVectors: false,
    indexTypes: { ...each(numbers, ["STL_SORT"]), VarChar: ["Trie"], Bool: [], ...unindexed },
    json: "objects",
};

/** Types that were added later. Source: Milvus docs, the pages of each type, and the release notes. */
const arrivals: { types: Types["lacksTypes"]; since: Version }[] = [
    { types: ["Int8Vector"], since: [2, 6, 0] },
    { types: ["Struct"], since: [2, 6, 4] },
    { types: ["Geometry", "Timestamptz"], since: [2, 6, 6] },
];

/** The data types, index types and JSON values that a server supports. */
export function typesOf(lite: boolean, since: (...wanted: Version) => boolean): Types {
    if (lite) return since(3, 0, 0) ? lite3 : liteBefore3;
    if (!since(2, 4, 0)) return before24;
    return {
        lacksTypes: arrivals.flatMap(({ types, since: version }) => (since(...version) ? [] : types)),
        severalVectors: true,
        // Source: Milvus docs, "JSON Indexing" (2.5.11).
        indexTypes: since(2, 5, 11) ? {} : { JSON: [] },
        json: "any",
    };
}

function each(types: readonly DataType[], indexTypes: readonly string[]): IndexTypes {
    return Object.fromEntries(types.map((type) => [type, indexTypes]));
}
