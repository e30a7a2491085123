import fc from "fast-check";

import type {
    Collection,
    CollectionFunction,
    Field,
    Index,
    Transform,
} from "../../provider/inputs/schema/collection";
import type { Capabilities } from "../../provider/observe/state";
import { currentServer } from "../../provider/plan/offline";

/** A normalised field, with all defaults filled in. */
export function field(given: Pick<Field, "name" | "dataType"> & Partial<Field>): Field {
    return {
        description: "",
        isPrimaryKey: false,
        autoId: false,
        isPartitionKey: false,
        isClusteringKey: false,
        nullable: false,
        enableAnalyzer: false,
        enableMatch: false,
        ...given,
    };
}

export const id = field({ name: "id", dataType: "Int64", isPrimaryKey: true });
export const vector = field({ name: "vector", dataType: "FloatVector", dim: 8 });
export const text = field({ name: "text", dataType: "VarChar", maxLength: 512 });

export const embed: Transform = { module: "./embed.js", batchRows: 256, concurrency: 4, retries: 2 };

export const hnsw: Index = {
    field: "vector",
    name: "vector",
    indexType: "HNSW",
    metricType: "COSINE",
    params: { M: 16 },
};
export const bm25: CollectionFunction = {
    name: "bm25",
    type: "BM25",
    inputFieldNames: ["text"],
    outputFieldNames: ["sparse"],
    description: "",
    params: {},
};

/** A collection of `id`, `vector` and `text`, with the arguments of the test. */
export function collection(given: Partial<Collection> = {}): Collection {
    return {
        description: "",
        fields: [id, vector, text],
        functions: [],
        indexes: [hnsw],
        partitions: [],
        enableDynamicField: false,
        consistencyLevel: "Bounded",
        properties: {},
        load: { replicas: 1, resourceGroups: [] },
        deletionProtection: false,
        adopt: false,
        migration: {
            verify: "full",
            primaryKeys: "preserve",
            batchBytes: 16 * 1024 * 1024,
            indexes: "in-place",
            backfill: "shadow",
            allow: [],
            moveToDynamicField: [],
            maxWritePause: 30,
            keepPrevious: false,
            grace: 10,
            detach: false,
            switchBy: "up",
        },
        ...given,
    };
}

// Few names, so that two random programs share fields.
const names = ["a", "b", "c", "d", "e"];
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const scalar: fc.Arbitrary<Partial<Field> & Pick<Field, "dataType">> = fc.oneof(
    fc.record({
        dataType: fc.constantFrom("Int8" as const, "Int64" as const),
        nullable: fc.boolean(),
        defaultValue: optional(fc.integer({ min: -128, max: 127 })),
        backfill: optional(fc.integer({ min: -128, max: 127 })),
    }),
    fc.record({ dataType: fc.constantFrom("Float" as const), defaultValue: fc.constantFrom(-0, 0, 1.5) }),
    fc.record({
        dataType: fc.constant("VarChar" as const),
        maxLength: fc.constantFrom(8, 64),
        nullable: fc.boolean(),
        enableAnalyzer: fc.boolean(),
        defaultValue: optional(fc.string({ maxLength: 3 })),
    }),
    fc.record({ dataType: fc.constantFrom("JSON" as const, "Geometry" as const), nullable: fc.boolean() }),
    fc.record({
        dataType: fc.constant("Array" as const),
        elementType: fc.constantFrom("Int64", "Bool"),
        maxCapacity: fc.constantFrom(4, 8),
    }),
    fc.record({
        dataType: fc.constant("Array" as const),
        elementType: fc.constant("Struct"),
        maxCapacity: fc.constant(4),
        fields: fc.shuffledSubarray(
            [
                { name: "page", dataType: "Int64" as const, description: "" },
                { name: "note", dataType: "VarChar" as const, description: "a note", maxLength: 8 },
                { name: "note", dataType: "VarChar" as const, description: "", maxLength: 8 },
            ],
            { minLength: 1, maxLength: 1 },
        ),
    }),
    fc.record({
        dataType: fc.constantFrom("FloatVector" as const, "Float16Vector" as const),
        dim: fc.constantFrom(4, 8),
        nullable: fc.boolean(),
    }),
);

const anyField = (name: string) =>
    fc
        .tuple(
            scalar,
            fc.constantFrom("", "about"),
            optional(fc.constantFrom(...names, "nothing")),
            optional(fc.constantFrom("$meta.a", "b.key")),
        )
        .map(([type, description, previousName, from]) =>
            field({
                name,
                ...type,
                description,
                ...(previousName === undefined ? { from } : { previousName }),
            }),
        );

const anyKey = fc
    .record({
        name: fc.constantFrom("id", "key"),
        dataType: fc.constantFrom("Int64" as const, "VarChar" as const),
        autoId: fc.boolean(),
    })
    .map((key) =>
        field({ ...key, isPrimaryKey: true, maxLength: key.dataType === "VarChar" ? 64 : undefined }),
    );

/** Drops invalid previous names: those used twice, equal to the field's own name, or of a field that stays. */
function validNames(fields: Field[]): Field[] {
    const stays = new Set(fields.filter((f) => f.previousName === undefined).map((f) => f.name));
    const used = new Set<string>();
    return fields.map((f) => {
        const { previousName: p } = f;
        if (p === undefined) return f;
        const valid = p !== f.name && !used.has(p) && !stays.has(p);
        if (valid) used.add(p);
        return valid ? f : { ...f, previousName: undefined };
    });
}

const anyFields = fc
    .tuple(
        anyKey,
        fc.subarray(names).chain((chosen) => fc.tuple(...chosen.map(anyField))),
        fc.boolean(),
    )
    .map(([key, others, keyed]) => {
        const valid = validNames([key, vector, text, ...others]);
        const host = keyed ? valid.findIndex((f) => f.dataType === "Int64" && !f.isPrimaryKey) : -1;
        // Dropping one invalid name can make another one invalid, so the names are checked twice.
        return validNames(valid.map((f, index) => (index === host ? { ...f, isPartitionKey: true } : f)));
    });

const anyIndex = (name: string): fc.Arbitrary<Index> =>
    fc.record({
        field: fc.constant(name),
        name: fc.constantFrom(name, `${name}_idx`),
        indexType: fc.constantFrom("AUTOINDEX", "HNSW"),
        metricType: optional(fc.constantFrom("L2", "COSINE")),
        params: fc.constantFrom<Index["params"]>({}, { M: 16 }, { M: 16, efConstruction: 200 }),
    });

/** Valid, normalised programs, similar enough that a pair of them is a plausible edit. */
export const anyCollection: fc.Arbitrary<Collection> = anyFields.chain((fields) =>
    fc
        .record({
            name: optional(fc.constantFrom("docs", "pages")),
            database: optional(fc.constantFrom("default", "other")),
            description: fc.constantFrom("", "Documents"),
            partitions: fc.subarray(["y2023", "y2024", "y2025"]),
            numPartitions: optional(fc.constantFrom(16, 64)),
            functions: fc.constantFrom<CollectionFunction[][]>(
                [],
                [bm25],
                [{ ...bm25, description: "words" }],
            ),
            indexes: fc.subarray(fields.map((f) => f.name)).chain((on) => fc.tuple(...on.map(anyIndex))),
            enableDynamicField: fc.boolean(),
            shardsNum: optional(fc.constantFrom(1, 2)),
            consistencyLevel: fc.constantFrom("Strong" as const, "Bounded" as const),
            properties: fc.dictionary(
                fc.constantFrom(
                    "collection.ttl.seconds",
                    "mmap.enabled",
                    "partitionkey.isolation",
                    "__proto__",
                ),
                fc.constantFrom("1", "true"),
            ),
            load: optional(
                fc.record({ replicas: fc.constantFrom(1, 2), resourceGroups: fc.constant<string[]>([]) }),
            ),
            connection: optional(
                fc.record({
                    address: fc.constantFrom("a:19530", "b:19530"),
                    token: optional(fc.constantFrom("t1", "t2")),
                    ssl: fc.boolean(),
                    timeout: fc.constant(30),
                }),
            ),
            adopt: fc.boolean(),
            deletionProtection: fc.boolean(),
            regenerate: fc.boolean(),
            rollback: fc.record({
                indexes: fc.constantFrom("in-place" as const, "shadow" as const),
                backfill: fc.constantFrom("in-place" as const, "shadow" as const),
                writes: optional(fc.constantFrom("paused" as const, "online" as const)),
                allow: fc.subarray(["drop:a", "memory", "regenerate-keys"]),
                moveToDynamicField: fc.subarray(["a", "b"]),
                transform: optional(fc.constant(embed)),
                maxMemory: optional(fc.constantFrom(1, 1e12)),
            }),
        })
        .map(({ regenerate, functions, rollback, ...rest }) => {
            const { migration } = collection();
            const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });
            const primaryKeys = regenerate ? ("regenerate" as const) : ("preserve" as const);
            return collection({
                ...rest,
                functions,
                fields: functions.length === 0 ? fields : [...fields, sparse],
                migration: { ...migration, ...rollback, primaryKeys },
            });
        }),
);

const flags = (Object.keys(currentServer) as (keyof Capabilities)[]).filter(
    (key) => typeof currentServer[key] === "boolean",
);

/** Servers with any set of capabilities. */
export const anyServer: fc.Arbitrary<Capabilities> = fc
    .subarray(flags)
    .map((off) => ({ ...currentServer, ...Object.fromEntries(off.map((flag) => [flag, false])) }));
