import type { z } from "zod";

import { type Collection, type CollectionInputs, type Index, Transform } from "./schema/collection";
import { isVector } from "./schema/dataType";
import { type Field, type FieldValue, longestVarChar, type StructField } from "./schema/field";
import { listMetricTypes, metricTypes } from "./schema/indexType";
import { memoryKeys, withPlainFlags } from "./schema/memory";

type Inputs = z.output<typeof CollectionInputs>;

/** The normalised arguments of a collection: programs with the same meaning have equal results. */
export function normalizeCollection(inputs: Inputs): Collection {
    const load = inputs.load === true ? { replicas: 1, resourceGroups: [] } : inputs.load || undefined;
    return {
        ...inputs,
        fields: inputs.fields.map(normalizeField),
        indexes: normalizeIndexes({ ...inputs, load }),
        // The server creates `_default` itself.
        partitions: inputs.partitions.filter((name) => name !== "_default").sort(byText),
        migration: normalizeMigration(inputs.migration),
        load: load && { ...load, resourceGroups: [...load.resourceGroups].sort(byText) },
    };
}

function normalizeMigration({ transform, ...migration }: Inputs["migration"]): Collection["migration"] {
    return {
        ...migration,
        allow: [...migration.allow].sort(byText),
        moveToDynamicField: [...migration.moveToDynamicField].sort(byText),
        ...(transform !== undefined && {
            transform: typeof transform === "string" ? Transform.parse({ module: transform }) : transform,
        }),
    };
}

function normalizeField(field: Field): Field {
    const text =
        field.dataType === "VarChar" || (field.dataType === "Array" && field.elementType === "VarChar");
    const integer = (value: FieldValue): FieldValue => (field.dataType === "Int64" ? shortest(value) : value);
    return {
        ...field,
        ...(text && { maxLength: field.maxLength ?? longestVarChar }),
        ...(field.fields && { fields: field.fields.map(normalizeMember) }),
        ...(field.defaultValue !== undefined && { defaultValue: integer(field.defaultValue) }),
        ...(field.backfill !== undefined && { backfill: integer(field.backfill) }),
    };
}

function normalizeMember(member: StructField): StructField {
    return member.dataType === "VarChar"
        ? { ...member, maxLength: member.maxLength ?? longestVarChar }
        : member;
}

/** `"5"` and 5 are the same Int64. A value that a number does not hold exactly stays a string. */
function shortest(value: FieldValue): FieldValue {
    if (typeof value !== "string") return value;
    const exact = BigInt(value);
    return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact.toString();
}

type IndexInputs = Pick<Inputs, "fields" | "functions" | "indexes"> & Pick<Collection, "load">;

/**
 * Fills in names and metrics, and adds an index to each vector of a loaded collection, because Milvus cannot load without
 * one.
 */
function normalizeIndexes({ fields, functions, indexes, load }: IndexInputs): Index[] {
    const bm25 = new Set(functions.flatMap((one) => (one.type === "BM25" ? one.outputFieldNames : [])));
    const metrics = new Map<string, string>();
    for (const { name, dataType, fields: members = [] } of fields) {
        if (isVector(dataType)) metrics.set(name, bm25.has(name) ? "BM25" : metricTypes[dataType][0]!);
        for (const member of members)
            if (isVector(member.dataType))
                metrics.set(`${name}[${member.name}]`, listMetricTypes(member.dataType)[0]!);
    }
    const bare = [...metrics.keys()].filter((name) => load && !indexes.some(({ field }) => field === name));
    const all = [
        ...indexes,
        ...bare.map((field) => ({
            field,
            indexType: "AUTOINDEX",
            params: {},
            name: undefined,
            metricType: undefined,
            mmap: undefined,
            warmup: undefined,
        })),
    ];
    return all
        .map((index) => {
            const metricType = index.metricType ?? metrics.get(index.field);
            const name = index.name ?? defaultIndexName(index.field);
            return {
                field: index.field,
                name,
                indexType: index.indexType,
                params: {
                    ...withPlainFlags(index.params),
                    ...(index.mmap !== undefined && { [memoryKeys.mmap]: index.mmap }),
                    ...(index.warmup !== undefined && { [memoryKeys.warmup]: index.warmup }),
                },
                ...(metricType && { metricType }),
            };
        })
        .sort((a, b) => byText(a.field, b.field) || byText(a.name, b.name));
}

/** The default name of an index. A name cannot contain brackets: the index on `chunks[vector]` is `chunks_vector`. */
export function defaultIndexName(field: string): string {
    return field.replace("[", "_").replace("]", "");
}

function byText(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}
