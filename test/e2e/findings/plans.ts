import { createAlias } from "../../../provider/milvus/collection/aliases";
import {
    createCollection,
    dropCollection,
    setProperties,
} from "../../../provider/milvus/collection/collections";
import { createIndex } from "../../../provider/milvus/collection/indexes";
import { addField, alterField } from "../../../provider/milvus/collection/alterSchema";
import { releaseCollection } from "../../../provider/milvus/collection/loading";
import { createPartition } from "../../../provider/milvus/collection/partitions";
import type { FindingCode } from "../../../provider/plan/finding/finding";
import { observeMarker } from "../../../provider/observe/collection";
import { property } from "../../../provider/observe/properties";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import type { CollectionArguments } from "../../../provider/inputs/schema/collection";
import { Field } from "../../../provider/inputs/schema/field";
import { parseCollection } from "../../../provider/inputs/parse";
import { backfillBegun } from "../../../provider/migration/properties/backfillRecord";
import { setOnward } from "../../../provider/migration/properties/onward";
import { listRetained } from "../../../provider/migration/properties/previous";
import type { FieldArguments } from "../../support/data/field";
import type { LocalServerName } from "../../support/servers/server";
import type { Place } from "./place";

/** A pair of programs whose plan has the finding. */
export interface Provoked {
    /** A real server, or, where none can, the fake one of a version. */
    on: LocalServerName | { fake: string; storageV3?: boolean };
    before: CollectionArguments;
    after: CollectionArguments;
    rows?: number;
    /** A manual change of the collection. */
    byHand?: (place: Place) => Promise<void>;
    /** Where the server is looked for, unless it is where it was. */
    address?: string;
}

const lite3 = "milvus-lite-3.2.2";
const lite25 = "milvus-lite-2.5.1";
const milvus23 = "milvus-2.3.5";

const id: FieldArguments = { name: "id", dataType: "Int64", isPrimaryKey: true };
const vector: FieldArguments = { name: "vector", dataType: "FloatVector", dim: 4 };
const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 64 };
const size: FieldArguments = { name: "size", dataType: "Int64" };
const image: FieldArguments = { name: "image", dataType: "FloatVector", dim: 2 };
const sparse: FieldArguments = { name: "sparse", dataType: "SparseFloatVector" };
const maybe = { ...text, nullable: true };
/** The dynamic field of some rows holds this key. */
const user: FieldArguments = { name: "user", dataType: "VarChar", maxLength: 64, backfill: "" };

const of = (...fields: FieldArguments[]): CollectionArguments => ({ fields: [id, vector, ...fields] });
const before = of(text, size);
/** A change for which rows move on every server of this table. */
const moved = of({ ...text, name: "body", previousName: "text" }, size);
const dynamic = { enableDynamicField: true };
const lang: FieldArguments = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
const filledWith = (backfill: string): CollectionArguments => ({
    ...of(text, size, { ...lang, backfill }),
    migration: { backfill: "in-place", writes: "paused" },
});

const bm25 = {
    functions: [{ name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] }],
};
const analyzed = { ...text, enableAnalyzer: true };
const onSparse = { field: "sparse", indexType: "SPARSE_INVERTED_INDEX" };

const release = ({ client, ref }: Place) => releaseCollection(client, ref);

/** A collection of the same resource, kept behind it, which is another one than the program will declare. */
async function retainOther({ client, ref, name }: Place): Promise<void> {
    const kept = { ...ref, name: name("kept") };
    const marker = (await observeMarker(client, ref)).marker!;
    const { spec } = parseCollection({ fields: [id, vector] });
    const generation = "0000000";
    await createCollection(
        client,
        kept,
        spec!,
        markerProperties({ ...marker, generation, state: "previous" }),
    );
    await setProperties(client, ref, markerProperties({ ...marker, from: generation }));
    await listRetained(client, ref, [{ ...kept, generation }]);
}

/** The same, none of whose fields is one of the collection in service. */
async function retainUnrelated(place: Place): Promise<void> {
    await retainOther(place);
    const { client, ref, name } = place;
    const { generation } = (await observeMarker(client, ref)).marker!;
    const lineage = { fields: [], movedToDynamicField: [], fromDynamicField: [], regeneratesKeys: false };
    await setOnward(client, { ...ref, name: name("kept") }, { to: generation, lineage });
}

/** Settings that a client cannot give to a collection once it is there. */
export const elsewhere = {
    MV170: "test/plan/carry/unmodelled.test.ts",
    MV171: "test/plan/carry/unmodelled.test.ts",
    MV172: "test/plan/carry/unmodelled.test.ts",
    MV451: "test/fake/privileges/beforeChange.test.ts",
} as const;

/** Of each other code, but for the one of what is unknown in a preview: that is the engine's affair. */
export const provoked: Record<Exclude<FindingCode, "MV122" | keyof typeof elsewhere>, Provoked> = {
    MV180: {
        on: { fake: "3.0.0" },
        before: { ...of(analyzed, sparse), ...bm25, indexes: [onSparse] },
        after: {
            ...of(analyzed, sparse),
            ...bm25,
            indexes: [onSparse, { field: "vector", indexType: "FLAT", metricType: "L2" }],
        },
        rows: 10,
        byHand: ({ client, ref }) => alterField(client, ref, "text", { max_length: "128" }),
    },
    MV189: { on: { fake: "2.6.18" }, before, after: filledWith("en"), rows: 10 },
    MV157: {
        on: { fake: "2.6.18" },
        before,
        after: filledWith("en"),
        rows: 10,
        byHand: async ({ client, ref }) => {
            const german = Field.parse({ ...lang, backfill: "de" });
            await addField(client, ref, german);
            await setProperties(client, ref, backfillBegun([{ kind: "backfill", fields: [german] }], {}));
        },
    },
    MV190: {
        on: lite3,
        before,
        after: { ...before, indexes: [{ field: "vector", indexType: "FLAT" }], migration: { gate: {} } },
        rows: 10,
    },
    MV191: {
        on: lite3,
        before: { ...of(analyzed, sparse), ...bm25 },
        after: {
            ...of({ ...analyzed, name: "body", previousName: "text" }, sparse),
            functions: [{ ...bm25.functions[0]!, inputFieldNames: ["body"] }],
            migration: { gate: { queries: "./queries.jsonl" } },
        },
        rows: 10,
    },
    MV192: {
        on: lite3,
        before: { ...of(analyzed, sparse), ...bm25 },
        after: {
            ...of({ ...analyzed, name: "body", previousName: "text" }, sparse),
            functions: [{ ...bm25.functions[0]!, inputFieldNames: ["body"] }],
            migration: { gate: {} },
        },
        rows: 10,
    },
    MV193: {
        on: lite3,
        before: { ...of(analyzed, sparse), ...bm25 },
        after: {
            ...of({ ...analyzed, name: "body", previousName: "text" }, sparse),
            functions: [{ ...bm25.functions[0]!, inputFieldNames: ["body"] }],
            migration: { gate: { fields: ["sparse"] } },
        },
        rows: 10,
    },
    MV194: {
        on: lite3,
        before,
        after: {
            ...of({ ...text, name: "body", previousName: "text" }, { ...image, nullable: true }),
            migration: { gate: { maxLatencyRatio: 2 }, allow: ["drop:size"] },
        },
        rows: 10,
    },
    MV584: {
        on: lite3,
        before: of(text, sparse),
        after: { ...of({ ...analyzed, analyzerParams: { type: "english" } }, sparse), ...bm25 },
    },
    MV585: {
        on: lite3,
        before: { ...of(analyzed, sparse), ...bm25 },
        after: {
            ...of(
                { ...analyzed, analyzerParams: { tokenizer: "standard", filter: [{ type: "stemmer" }] } },
                sparse,
            ),
            ...bm25,
        },
    },
    MV188: {
        on: lite25,
        before,
        after: { ...moved, migration: { detach: true } },
        rows: 10,
    },
    MV470: { on: { fake: "2.5.16" }, before, after: of({ ...text, warmup: "sync" }, size) },
    MV471: {
        on: { fake: "2.5.4" },
        before: of(analyzed, sparse),
        after: {
            ...of(
                {
                    ...analyzed,
                    multiAnalyzerParams: {
                        analyzers: { default: { type: "standard" } },
                        by_field: "lang",
                    },
                },
                sparse,
                { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "" },
            ),
            ...bm25,
        },
    },
    MV181: {
        on: { fake: "3.0.0" },
        before: of({ name: "until", dataType: "Timestamptz" }),
        after: { ...of({ name: "until", dataType: "Timestamptz" }), properties: { ttl_field: "until" } },
        byHand: ({ client, ref }) => setProperties(client, ref, { "collection.ttl.seconds": "3600" }),
    },
    MV182: { on: { fake: "2.6.18" }, before, after: of({ ...text, maxLength: 128 }, size) },
    MV183: { on: { fake: "2.6.18" }, before, after: moved },
    MV184: { on: { fake: "2.6.18" }, before, after: { ...before, properties: { ttl_field: "id" } } },
    MV173: {
        on: { fake: "3.0.0" },
        before,
        after: moved,
        byHand: async ({ client, ref }) => {
            await client.call("CreateRowPolicy", { collection_name: ref.name, policy_name: "own_rows" });
        },
    },
    MV174: {
        on: { fake: "3.0.0" },
        before,
        after: moved,
        byHand: async ({ client, ref }) => {
            await client.call("CreateSnapshot", { collection_name: ref.name, name: "nightly" });
        },
    },
    MV175: {
        on: lite3,
        before,
        after: moved,
        byHand: ({ client, ref }) => setProperties(client, ref, { "collection.ttl.seconds": "3600" }),
    },
    MV176: {
        on: { fake: "2.6.18" },
        before,
        after: of(text, { ...size, dataType: "VarChar", maxLength: 32 }),
        byHand: async ({ client, ref }) => {
            const index = { name: "size_idx", indexType: "STL_SORT", metricType: undefined, params: {} };
            await createIndex(client, ref, { ...index, field: "size" });
        },
    },
    MV101: { on: lite3, before, after: of(size), rows: 10 },
    MV102: {
        on: lite3,
        before,
        after: of(text, { ...size, name: "length", previousName: "sise" }),
        rows: 10,
    },
    MV103: { on: lite3, before, after: of(text, size, image), rows: 10 },
    MV104: { on: lite3, before, after: of({ ...text, maxLength: 4 }, size), rows: 10, byHand: release },
    MV105: { on: lite3, before, after: of(text, size, { name: "place", dataType: "Geometry" }), rows: 10 },
    MV106: { on: lite3, before, after: { fields: [id, { ...vector, dim: 8 }, text, size] }, rows: 10 },
    MV107: {
        on: lite3,
        before,
        after: { fields: [id, { ...vector, dim: 2, backfill: [1, 2] }, text, size] },
        rows: 10,
    },
    MV108: { on: lite3, before: of(maybe), after: of(text), rows: 40, byHand: release },
    MV109: { on: lite3, before: of(maybe), after: of({ ...maybe, defaultValue: "-" }), rows: 40 },
    MV110: {
        on: lite3,
        before,
        after: { fields: [vector, text, { ...size, isPrimaryKey: true }] },
        rows: 10,
    },
    MV111: {
        on: milvus23,
        before: { fields: [{ ...id, autoId: true }, vector, size] },
        after: { fields: [{ ...id, autoId: true }, vector] },
        rows: 10,
    },
    MV112: {
        on: milvus23,
        before: { fields: [{ ...id, autoId: true }, vector, size] },
        after: { fields: [{ ...id, autoId: true }, vector], migration: { primaryKeys: "regenerate" } },
        rows: 10,
    },
    MV113: { on: lite3, before, after: { ...moved, migration: { primaryKeys: "regenerate" } }, rows: 10 },
    MV114: { on: lite3, before: { ...before, ...dynamic }, after: before, rows: 10 },
    MV115: { on: milvus23, before, after: of(maybe, size), rows: 10 },
    MV116: {
        on: lite3,
        before: { ...before, properties: { "collection.ttl.seconds": 9_000 } },
        after: { ...moved, properties: { "collection.ttl.seconds": 9_000 } },
        rows: 10,
    },
    MV117: {
        on: lite3,
        before,
        after: moved,
        rows: 10,
        byHand: ({ client, ref }) => createPartition(client, ref, "by_hand"),
    },
    MV118: {
        on: lite3,
        before: { ...before, partitions: ["y2023"] },
        after: before,
        rows: 10,
        byHand: release,
    },
    MV119: {
        on: lite3,
        before: { ...before, partitions: ["y2023"] },
        after: of({ ...text, isPartitionKey: true }, size),
        rows: 10,
    },
    MV120: {
        on: lite25,
        before: { ...before, name: "findings_mv120" },
        after: { ...moved, name: "findings_mv120" },
        rows: 10,
    },
    MV121: { on: lite3, before, after: moved, address: "127.0.0.1:1" },
    MV123: { on: lite3, before, after: moved, byHand: ({ client, ref }) => dropCollection(client, ref) },
    MV124: {
        on: lite3,
        before,
        after: { ...before, indexes: [{ field: "vector", indexType: "FLAT" }] },
        rows: 10,
    },
    MV125: {
        on: lite3,
        before: { ...of(analyzed, sparse), ...bm25, indexes: [onSparse] },
        after: { ...of(analyzed, sparse), indexes: [{ ...onSparse, metricType: "IP" }] },
        rows: 10,
    },
    MV126: { on: lite3, before, after: { ...before, description: "new" } },
    MV127: {
        on: lite3,
        before,
        after: moved,
        rows: 10,
        byHand: ({ client, ref, name }) =>
            createAlias(client, { database: undefined, alias: name("live") }, ref.name),
    },
    MV128: {
        on: { fake: "2.6.18" },
        before,
        after: moved,
        rows: 10,
        byHand: ({ client, ref }) =>
            addField(
                client,
                ref,
                Field.parse({ name: "legacy", dataType: "Int64", nullable: true, defaultValue: 1 }),
            ),
    },
    MV129: { on: lite25, before, after: { ...before, partitions: ["y2023"] }, rows: 10 },
    MV130: {
        on: milvus23,
        before: { ...before, ...dynamic },
        after: { ...of(text, size, user), ...dynamic },
        rows: 40,
    },
    MV131: { on: lite3, before, after: of({ ...text, maxLength: 4 }, size), rows: 40 },
    MV132: { on: lite3, before: of(maybe), after: of(text), rows: 40 },
    MV133: {
        on: lite3,
        before: of({ name: "score", dataType: "Double" }),
        after: of({ name: "score", dataType: "Float" }),
        rows: 10,
    },
    MV134: { on: lite3, before, after: of({ name: "text", dataType: "Int64" }, size), rows: 10 },
    MV135: { on: lite3, before, after: { ...moved, migration: { maxMemory: 100 } }, rows: 10 },
    MV136: {
        on: { fake: "3.0.0", storageV3: true },
        before: of(analyzed),
        after: { ...of(analyzed, sparse), ...bm25, indexes: [onSparse] },
        rows: 10,
    },
    MV137: { on: lite3, before, after: of(text, size, { ...user, from: "metadata.user" }), rows: 10 },
    MV138: {
        on: lite3,
        before: of(text, image),
        after: { ...of(text), ...dynamic, migration: { moveToDynamicField: ["image"] } },
        rows: 10,
    },
    MV139: {
        on: lite3,
        before,
        after: { ...moved, migration: { maxMemory: 100 } },
        rows: 10,
        byHand: release,
    },
    MV140: {
        on: lite3,
        before: { ...before, properties: { "collection.ttl.seconds": 9_000 } },
        after: { ...before, properties: { "collection.ttl.seconds": 60 } },
        rows: 10,
    },
    MV141: {
        on: milvus23,
        before,
        after: of(text, size, { name: "at", dataType: "Timestamptz", backfill: "2026-01-01T00:00:00Z" }),
        rows: 10,
    },
    MV142: { on: milvus23, before, after: of(text, size, { ...image, backfill: [1, 2] }), rows: 10 },
    MV143: {
        on: lite3,
        before,
        after: { ...before, indexes: [{ field: "vector" }, { field: "size", indexType: "STL_SORT" }] },
        rows: 10,
    },
    MV144: {
        on: lite3,
        before: { ...before, ...dynamic },
        after: { ...of(text, size, user), ...dynamic },
        rows: 40,
    },
    MV145: {
        on: lite3,
        before: { ...before, ...dynamic },
        after: { ...of(text, size, user), ...dynamic },
        rows: 40,
        byHand: release,
    },
    MV146: { on: milvus23, before, after: of(text, { name: "size", dataType: "JSON" }), rows: 10 },
    MV147: {
        on: lite3,
        before,
        after: { ...moved, migration: { verify: "count", writes: "online" } },
        rows: 10,
    },
    MV148: { on: lite3, before, after: { ...moved, migration: { verify: "count" } }, rows: 10 },
    MV149: { on: lite25, before, after: { ...moved, migration: { keepPrevious: true } }, rows: 10 },
    MV150: { on: lite3, before, after: { ...moved, migration: { rollback: "previous" } }, rows: 10 },
    MV151: {
        on: lite3,
        before,
        after: { ...moved, migration: { rollback: "previous" } },
        byHand: retainOther,
    },
    MV156: {
        on: lite3,
        before,
        after: { ...moved, migration: { rollback: "previous" } },
        byHand: retainUnrelated,
        rows: 10,
    },
    MV152: { on: milvus23, before, after: { ...moved, migration: { maxWritePause: 1e-9 } }, rows: 10 },
    MV153: {
        on: lite3,
        before: { ...before, ...dynamic },
        after: {
            ...of(text, size, { name: "place", dataType: "Geometry", from: "$meta.place" }),
            ...dynamic,
        },
        rows: 10,
    },
    MV154: { on: milvus23, before, after: of({ ...text, defaultValue: "-" }, size), rows: 10 },
    MV155: { on: lite25, before, after: { ...before, database: "other" }, rows: 10 },
    MV195: {
        on: lite25,
        before,
        after: { ...before, indexes: [{ field: "vector", indexType: "FLAT" }] },
        rows: 10,
    },
    MV197: { on: lite3, before: { ...before, name: "f_before_197" }, after: moved },
    MV198: { on: lite3, before, after: { ...before, name: "f_after_198" } },
    MV199: {
        on: lite3,
        before,
        after: { ...moved, name: "f_alias_199" },
        byHand: ({ client, ref }) =>
            createAlias(client, { database: undefined, alias: "f_alias_199" }, ref.name),
    },
    MV196: {
        on: lite3,
        before,
        after: before,
        byHand: ({ client, ref }) => setProperties(client, ref, { [property.update]: '{"steps":["load"]}' }),
    },
    MV185: {
        on: { fake: "2.5.14" },
        before: { ...before, name: "findings_mv185" },
        after: { ...moved, name: "findings_mv185" },
        rows: 10,
    },
    MV186: { on: { fake: "2.5.3" }, before, after: moved, rows: 10 },
    MV187: { on: lite3, before, after: { ...before, name: "f_after_187" } },
};
