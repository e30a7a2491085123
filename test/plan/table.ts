import { recorded } from "../../provider/plan/offline";
import type { Collection } from "../../provider/inputs/schema/collection";
import { planCollection, type PlanInput } from "../../provider/plan/plan";
import { renderPlan } from "../../provider/plan/render/text";
import type { Capabilities } from "../../provider/observe/state";
import { bm25, collection, embed, field, hnsw, id, text, vector } from "./arbitrary";
import { base, edits, type Given, lang, withText } from "./edits";

const { migration } = collection();
const maybe = { ...lang, nullable: true };
const image = field({ name: "image", dataType: "FloatVector", dim: 4, nullable: true });
const price = field({ name: "price", dataType: "Int32" });
const metadata = field({ name: "metadata", dataType: "JSON" });
const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });
const wide = { ...vector, dim: 16 };
const chunks = field({
    name: "chunks",
    dataType: "Array",
    elementType: "Struct",
    maxCapacity: 8,
    nullable: true,
    fields: [{ name: "page", dataType: "Int64", description: "" }],
});
const onSparse = {
    field: "sparse",
    name: "sparse",
    indexType: "SPARSE_INVERTED_INDEX",
    metricType: "BM25",
    params: {},
};
const changedIndex = { indexes: [{ ...hnsw, params: { M: 32 } }] };

const inPlace = { backfill: "in-place", writes: "paused" } as const;

type Row = [before: Given, after: Given, input?: Partial<PlanInput>];

/** Variants of edits whose strategy or findings differ from the plain edit of their kind. */
const variants: Record<string, Row> = {
    "add-field, nullable": [{}, { fields: [...base, text, maybe] }],
    "add-field, nullable with a default": [{}, { fields: [...base, text, { ...maybe, defaultValue: "en" }] }],
    "add-field, nullable with a backfill": [{}, { fields: [...base, text, { ...maybe, backfill: "en" }] }],
    "add-field, nullable with a backfill in place": [
        {},
        { fields: [...base, text, { ...maybe, backfill: "en" }], migration: { ...migration, ...inPlace } },
    ],
    "add-field, nullable with a backfill in place beside a dynamic field": [
        { enableDynamicField: true },
        {
            enableDynamicField: true,
            fields: [...base, text, { ...maybe, backfill: "en" }],
            migration: { ...migration, ...inPlace },
        },
    ],
    "add-field, nullable vector with its index": [
        {},
        {
            fields: [...base, text, image],
            indexes: [hnsw, { ...hnsw, field: "image", name: "image" }],
        },
    ],
    "add-field, nullable Array of Structs": [{}, { fields: [...base, text, chunks] }],
    "add-field, from the dynamic field": [
        { enableDynamicField: true },
        { enableDynamicField: true, fields: [...base, text, { ...lang, from: "$meta.lang" }] },
    ],
    "add-field, from a JSON field": [
        { fields: [...base, text, metadata] },
        { fields: [...base, text, metadata, { ...price, from: "metadata.price" }] },
    ],
    "add-field, and rows hold a dynamic key of its name": [
        { enableDynamicField: true },
        { enableDynamicField: true, fields: [...base, text, { ...maybe, nullable: false }] },
        { statistics: { dynamicKeyCollisions: { lang: 3 } } },
    ],
    "add-field, and a dynamic key of its name may go": [
        { enableDynamicField: true },
        {
            enableDynamicField: true,
            fields: [...base, text, { ...maybe, nullable: false }],
            migration: { ...migration, allow: ["drop:$meta.lang"] },
        },
        { statistics: { dynamicKeyCollisions: { lang: 3 } } },
    ],
    "add-field, another vector": [
        {},
        { fields: [...base, text, { ...image, nullable: false, backfill: [1, 2, 3, 4] }] },
    ],
    "add-index, of a scalar": [
        {},
        {
            indexes: [
                hnsw,
                { ...hnsw, field: "text", name: "text", indexType: "BITMAP", metricType: undefined },
            ],
        },
    ],
    "retype-field, a number into JSON": [
        { fields: [...base, price] },
        { fields: [...base, { ...price, dataType: "JSON" }] },
    ],
    "add-field and drop-partition": [
        { partitions: ["y2023"] },
        { fields: [...base, text, maybe], partitions: ["y2024"] },
    ],
    "drop-field, counted": [
        { fields: [...base, text, maybe] },
        {},
        { statistics: { held: { lang: 1_200 } } },
    ],
    "drop-field, in no row": [{ fields: [...base, text, maybe] }, {}, { statistics: { held: { lang: 0 } } }],
    "drop-field, moved to the dynamic field": [
        { fields: [...base, text, price] },
        { enableDynamicField: true, migration: { ...migration, moveToDynamicField: ["price"] } },
    ],
    "retype-field, exact": [
        { fields: [...base, price] },
        { fields: [...base, { ...price, dataType: "Double" }] },
    ],
    "retype-field, lossy": [{}, { fields: [id, { ...vector, dataType: "Float16Vector" }, text] }],
    "retype-field, lossy and allowed": [
        {},
        {
            fields: [id, { ...vector, dataType: "Float16Vector" }, text],
            migration: { ...migration, allow: ["narrow:vector"] },
        },
    ],
    "add-field, made by a transform": [
        {},
        { fields: [...base, text, lang], migration: { ...migration, transform: embed } },
    ],
    "alter-dim, with a transform": [
        {},
        { fields: [id, wide, text], migration: { ...migration, transform: embed } },
    ],
    "resize-field, longer": [{}, withText({ maxLength: 1024 })],
    "resize-field, shorter, and every row fits": [
        {},
        withText({ maxLength: 64 }),
        { statistics: { tooLong: { text: 0 } } },
    ],
    "resize-field, shorter than some rows": [
        {},
        withText({ maxLength: 64 }),
        { statistics: { tooLong: { text: 3 } } },
    ],
    "alter-nullable, off": [withText({ nullable: true }), {}],
    "alter-nullable, off, and some rows hold NULL": [
        withText({ nullable: true }),
        {},
        { statistics: { nulls: { text: 12 } } },
    ],
    "alter-default of a nullable field": [
        withText({ nullable: true }),
        withText({ nullable: true, defaultValue: "-" }),
        { statistics: { nulls: { text: 1 } } },
    ],
    "add-function with its output and index": [
        {},
        { fields: [...base, text, sparse], functions: [bm25], indexes: [hnsw, onSparse] },
    ],
    "drop-function with its output": [
        { fields: [...base, text, sparse], functions: [bm25], indexes: [hnsw, onSparse] },
        {},
    ],
    "alter-dynamic-field, off": [{ enableDynamicField: true }, {}],
    "alter-index, on a shadow": [{}, { ...changedIndex, migration: { ...migration, indexes: "shadow" } }],
    "alter-index, of a released collection": [{ load: undefined }, { ...changedIndex, load: undefined }],
    "two changes, one of them in place": [
        {},
        { ...withText({ nullable: true }), properties: { "collection.ttl.seconds": "60" } },
    ],
    "rows beyond the memory": [
        {},
        { ...withText({ nullable: true }), migration: { ...migration, maxMemory: 10_000_000 } },
    ],
};

const rows: Record<string, Row> = {
    ...Object.fromEntries(
        Object.entries(edits).map(([kind, [before, after]]): [string, Row] => [kind, [before, after]]),
    ),
    ...variants,
};

/** The collection with index types that the server supports: milvus-lite before 3 has no HNSW. */
function indexed(given: Collection, { indexTypes }: Capabilities): Collection {
    const known = indexTypes.FloatVector;
    const indexes = given.indexes.map((index) =>
        known && index.indexType === "HNSW" ? { ...index, indexType: "IVF_FLAT" } : index,
    );
    return { ...given, indexes };
}

/** The rendered plan of every edit on one server, for 10,000 rows. */
export function tableOf(capabilities: Capabilities): string {
    return Object.entries(rows)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, [before, after, input]]) => {
            const deployed = indexed(collection(before), capabilities);
            const plan = planCollection({
                deployed,
                target: indexed(collection(after), capabilities),
                source: { ...recorded(deployed), name: "docs_3fa9c1d" },
                rows: 10_000,
                bytes: 12_000_000,
                estimate: { seconds: 8 },
                capabilities,
                unknowns: false,
                ...input,
            });
            return [`## ${name}`, ...renderPlan(plan, { name: "docs" })].join("\n");
        })
        .join("\n\n")
        .concat("\n");
}
