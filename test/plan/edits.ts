import type { Collection } from "../../provider/inputs/schema/collection";
import type { ChangeKind } from "../../provider/plan/diff/change";
import { bm25, field, hnsw, id, text, vector } from "./arbitrary";

export type Given = Partial<Collection>;
export const base = [id, vector];
export const withText = (given: Partial<typeof text>): Given => ({
    fields: [...base, { ...text, ...given }],
});
export const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8 });
export const server = { address: "a:19530", ssl: false, timeout: 30 };

/** One edit of a program for each kind of change: before, after, and the complete change. */
export const edits = {
    "add-field": [{}, { fields: [...base, text, lang] }, { field: lang }],
    "drop-field": [{ fields: [...base, text, lang] }, {}, { field: lang }],
    "rename-field": [{}, withText({ name: "body", previousName: "text" }), { from: "text", to: "body" }],
    "retype-field": [
        {},
        withText({ dataType: "Int64", maxLength: undefined }),
        { field: "text", from: "VarChar", to: "Int64" },
    ],
    "resize-field": [
        {},
        withText({ maxLength: 64 }),
        { field: "text", limit: "maxLength", from: 512, to: 64 },
    ],
    "alter-dim": [{}, { fields: [id, { ...vector, dim: 16 }, text] }, { field: "vector", from: 8, to: 16 }],
    "alter-nullable": [{}, withText({ nullable: true }), { field: "text", to: true }],
    "alter-default": [{}, withText({ defaultValue: "-" }), { field: "text", from: undefined, to: "-" }],
    "alter-auto-id": [{}, { fields: [{ ...id, autoId: true }, vector, text] }, { field: "id", to: true }],
    "alter-analyzer": [{}, withText({ enableAnalyzer: true }), { field: "text" }],
    "alter-memory": [
        withText({ mmap: true }),
        withText({ mmap: false }),
        { field: "text", setting: "mmap", from: true, to: false },
    ],
    "alter-primary-key": [
        {},
        { fields: [{ ...id, isPrimaryKey: false }, vector, { ...text, isPrimaryKey: true }] },
        { from: "id", to: "text" },
    ],
    "alter-partition-key": [{}, withText({ isPartitionKey: true }), { from: undefined, to: "text" }],
    "alter-clustering-key": [withText({ isClusteringKey: true }), {}, { from: "text", to: undefined }],
    "describe-part": [{}, withText({ description: "The text" }), { part: "field", name: "text" }],
    "add-function": [{}, { functions: [bm25] }, { function: bm25 }],
    "drop-function": [{ functions: [bm25] }, {}, { function: bm25 }],
    "alter-function": [
        { functions: [bm25] },
        { functions: [{ ...bm25, params: { b: 0.5 } }] },
        { from: bm25, to: { ...bm25, params: { b: 0.5 } } },
    ],
    "alter-dynamic-field": [{}, { enableDynamicField: true }, { to: true }],
    "alter-shards": [{ shardsNum: 1 }, { shardsNum: 2 }, { from: 1, to: 2 }],
    "alter-consistency": [{}, { consistencyLevel: "Strong" }, { from: "Bounded", to: "Strong" }],
    "alter-description": [{}, { description: "Documents" }, { from: "", to: "Documents" }],
    "set-property": [
        { properties: { "mmap.enabled": "true" } },
        { properties: { "mmap.enabled": "false" } },
        { key: "mmap.enabled", from: "true", to: "false" },
    ],
    "delete-property": [
        { properties: { "mmap.enabled": "true" } },
        {},
        { key: "mmap.enabled", from: "true" },
    ],
    "add-partition": [{}, { partitions: ["y2024"] }, { partition: "y2024" }],
    "drop-partition": [{ partitions: ["y2024"] }, {}, { partition: "y2024" }],
    "alter-num-partitions": [{ numPartitions: 16 }, { numPartitions: 64 }, { from: 16, to: 64 }],
    "add-index": [{ indexes: [] }, {}, { index: hnsw }],
    "drop-index": [{}, { indexes: [] }, { index: hnsw }],
    "alter-index": [
        {},
        { indexes: [{ ...hnsw, params: { M: 32 } }] },
        { from: hnsw, to: { ...hnsw, params: { M: 32 } } },
    ],
    "alter-load": [{}, { load: undefined }, { from: { replicas: 1, resourceGroups: [] }, to: undefined }],
    "alter-database": [{}, { database: "other" }, { from: undefined, to: "other" }],
    "alter-name": [{ name: "docs" }, { name: "pages" }, { from: "docs", to: "pages" }],
    "alter-connection": [
        { connection: server },
        { connection: { ...server, address: "b:19530" } },
        { from: "a:19530", to: "b:19530" },
    ],
    "state-only": [{}, { deletionProtection: true }, { arguments: ["deletionProtection"] }],
} satisfies Record<ChangeKind, [Given, Given, Record<string, unknown>]>;
