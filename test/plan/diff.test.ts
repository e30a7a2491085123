import { expect } from "chai";

import type { Collection } from "../../provider/spec/collection";
import type { ChangeKind } from "../../provider/plan/change";
import { diffCollection } from "../../provider/plan/diff";
import { bm25, collection, field, hnsw, id, text, vector } from "./arbitrary";

type Given = Partial<Collection>;
const base = [id, vector];
const withText = (given: Partial<typeof text>): Given => ({ fields: [...base, { ...text, ...given }] });
const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8 });
const server = { address: "a:19530", ssl: false, timeout: 30 };

/** One edit of a program for each kind of change: before, after, and the whole of what is told about it. */
const edits = {
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
    settings: [{}, { deletionProtection: true }, { arguments: ["deletionProtection"] }],
} satisfies Record<ChangeKind, [Given, Given, Record<string, unknown>]>;

describe("a changed program", () => {
    for (const [kind, [before, after, told]] of Object.entries(edits)) {
        it(`tells ${kind}, and nothing else`, () => {
            expect(diffCollection(collection(before), collection(after))).to.deep.equal([{ kind, ...told }]);
        });
    }

    const settings: [string, Given, Given][] = [
        ["backfill", withText({ backfill: "-" }), {}],
        ["previousName", withText({ previousName: "body" }), {}],
        ["migration", { migration: { ...collection().migration, verify: "count" } }, {}],
        ["adopt", { adopt: true }, {}],
        ["shardsNum", { shardsNum: 2 }, {}],
        ["numPartitions", { numPartitions: 64 }, {}],
        ["connection", { connection: server }, { connection: { ...server, token: "new" } }],
    ];
    for (const [name, before, after] of settings) {
        it(`is only recorded when nothing but ${name} changed`, () => {
            expect(diffCollection(collection(before), collection(after))).to.deep.equal([
                { kind: "settings", arguments: [name] },
            ]);
        });
    }

    it("tells a rename and each change of the same field", () => {
        const after = withText({ name: "body", previousName: "text", maxLength: 64, nullable: true });
        expect(diffCollection(collection(), collection(after)).map(({ kind }) => kind)).to.have.members([
            "rename-field",
            "resize-field",
            "alter-nullable",
        ]);
    });

    it("keeps index and function of a renamed field", () => {
        const index = { ...hnsw, field: "text", name: "text", indexType: "INVERTED" };
        const before = collection({ functions: [bm25], indexes: [hnsw, index] });
        const after = collection({
            ...withText({ name: "body", previousName: "text" }),
            functions: [{ ...bm25, inputFieldNames: ["body"] }],
            indexes: [hnsw, { ...index, field: "body", name: "body" }],
        });
        expect(diffCollection(before, after)).to.deep.equal([
            { kind: "rename-field", from: "text", to: "body" },
        ]);
    });

    it("tells no index apart from a field that comes or goes with it", () => {
        const image = field({ name: "image", dataType: "FloatVector", dim: 8 });
        const after = collection({
            fields: [...base, text, image],
            indexes: [hnsw, { ...hnsw, field: "image", name: "image" }],
        });
        expect(diffCollection(collection(), after).map(({ kind }) => kind)).to.deep.equal(["add-field"]);
        expect(diffCollection(after, collection()).map(({ kind }) => kind)).to.deep.equal(["drop-field"]);
    });

    it("tells a Struct with another field as another type", () => {
        const part = { name: "page", dataType: "Int64" as const, description: "" };
        const chunks = field({ name: "chunks", dataType: "Array", elementType: "Struct", fields: [part] });
        const after = { ...chunks, fields: [{ ...part, dataType: "Int32" as const }] };
        expect(
            diffCollection(
                collection({ fields: [...base, chunks] }),
                collection({ fields: [...base, after] }),
            ),
        ).to.deep.equal([
            {
                kind: "retype-field",
                field: "chunks",
                from: "Array<Struct(page Int64)>",
                to: "Array<Struct(page Int32)>",
            },
        ]);
    });
});
