import type { Collection, Field } from "../../inputs/schema/collection";
import type { MemorySetting } from "../../inputs/schema/memory";
import type { Change } from "./change";
import type { Origins } from "./fieldOrigins";
import { same } from "./same";
import { typeName } from "./typeText";

type Compare = (from: Field, to: Field) => Change[];
/** For attributes that another entry, or another part of the diff, compares. */
const elsewhere: Compare = () => [];

/** The changes of each attribute. The type requires an entry for every attribute of the schema. */
const attributes = {
    name: elsewhere,
    isPrimaryKey: elsewhere,
    isPartitionKey: elsewhere,
    isClusteringKey: elsewhere,
    previousName: elsewhere,
    backfill: elsewhere,
    from: elsewhere,
    fields: elsewhere,
    elementType: elsewhere,
    dataType: (from, to) =>
        typeName(from) === typeName(to)
            ? []
            : [{ kind: "retype-field", field: to.name, from: typeName(from), to: typeName(to) }],
    description: (from, to) =>
        same(descriptions(from), descriptions(to))
            ? []
            : [{ kind: "describe-part", part: "field", name: to.name }],
    autoId: (from, to) =>
        from.autoId === to.autoId ? [] : [{ kind: "alter-auto-id", field: to.name, to: to.autoId }],
    nullable: (from, to) =>
        from.nullable === to.nullable ? [] : [{ kind: "alter-nullable", field: to.name, to: to.nullable }],
    defaultValue: (from, to) =>
        same(from.defaultValue, to.defaultValue)
            ? []
            : [{ kind: "alter-default", field: to.name, from: from.defaultValue, to: to.defaultValue }],
    dim: (from, to) =>
        from.dim === to.dim ? [] : [{ kind: "alter-dim", field: to.name, from: from.dim, to: to.dim }],
    maxLength: (from, to) => resize("maxLength", from, to),
    maxCapacity: (from, to) => resize("maxCapacity", from, to),
    enableAnalyzer: (from, to) =>
        same(analysis(from), analysis(to)) ? [] : [{ kind: "alter-analyzer", field: to.name }],
    enableMatch: elsewhere,
    analyzerParams: elsewhere,
    multiAnalyzerParams: elsewhere,
    mmap: (from, to) => memory("mmap", from, to),
    warmup: (from, to) => memory("warmup", from, to),
} satisfies Record<keyof Field, Compare>;

/** The changes of fields and keys. The order of fields does not matter. */
export function diffFields(deployed: Collection, target: Collection, origins: Origins): Change[] {
    const before = new Map(deployed.fields.map((field) => [field.name, field]));
    const kept = new Set(origins.values());
    return [
        ...deployed.fields
            .filter(({ name }) => !kept.has(name))
            .map((field): Change => ({ kind: "drop-field", field })),
        ...target.fields.flatMap((field): Change[] => {
            const origin = origins.get(field.name);
            return origin === undefined
                ? [{ kind: "add-field", field }]
                : diffField(before.get(origin)!, field);
        }),
        ...diffKey("isPrimaryKey", "alter-primary-key", deployed, target, origins),
        ...diffKey("isPartitionKey", "alter-partition-key", deployed, target, origins),
        ...diffKey("isClusteringKey", "alter-clustering-key", deployed, target, origins),
    ];
}

function diffField(from: Field, to: Field): Change[] {
    const renamed: Change[] =
        from.name === to.name ? [] : [{ kind: "rename-field", from: from.name, to: to.name }];
    const changes = Object.values(attributes).flatMap((compare) => compare(from, to));
    // A change of the type includes the changes of its sizes.
    const retyped = changes.some(({ kind }) => kind === "retype-field");
    const sizes = new Set<Change["kind"]>(["resize-field", "alter-dim"]);
    return [...renamed, ...(retyped ? changes.filter(({ kind }) => !sizes.has(kind)) : changes)];
}

function diffKey(
    role: "isPrimaryKey" | "isPartitionKey" | "isClusteringKey",
    kind: "alter-primary-key" | "alter-partition-key" | "alter-clustering-key",
    deployed: Collection,
    target: Collection,
    origins: Origins,
): Change[] {
    const from = deployed.fields.find((field) => field[role])?.name;
    const to = target.fields.find((field) => field[role])?.name;
    const origin = to === undefined ? undefined : origins.get(to);
    return from === origin && (from === undefined) === (to === undefined) ? [] : [{ kind, from, to }];
}

function resize(limit: "maxLength" | "maxCapacity", from: Field, to: Field): Change[] {
    return from[limit] === to[limit]
        ? []
        : [{ kind: "resize-field", field: to.name, limit, from: from[limit], to: to[limit] }];
}

function memory(setting: MemorySetting, from: Field, to: Field): Change[] {
    return from[setting] === to[setting]
        ? []
        : [{ kind: "alter-memory", field: to.name, setting, from: from[setting], to: to[setting] }];
}

/** The descriptions of a field and of its Struct fields, by name. */
function descriptions({ description, fields = [] }: Field) {
    return [description, ...fields.map((part) => `${part.name} ${part.description}`).sort()];
}

function analysis({ enableAnalyzer, enableMatch, analyzerParams, multiAnalyzerParams }: Field) {
    return { enableAnalyzer, enableMatch, analyzerParams, multiAnalyzerParams };
}
