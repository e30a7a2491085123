import type { Capabilities, ObservedCollection, ObservedField } from "../../observe/state";
import type { Collection, Field } from "../../inputs/schema/collection";
import { same } from "../../plan/diff/same";

type Member = NonNullable<Field["fields"]>[number];

/** The fields as the server has them: those that it lacks are left out, and those that nobody declared come last. */
export function driftOfFields(
    declared: Collection,
    observed: ObservedCollection,
    capabilities: Capabilities,
): Field[] {
    const there = new Map(observed.fields.map((field) => [field.name, field]));
    const kept = declared.fields.flatMap((field): Field[] => {
        const now = there.get(field.name);
        if (!now) return [];
        there.delete(field.name);
        return [driftOf(field, now, capabilities)];
    });
    return [...kept, ...[...there.values()].map(asField)];
}

/** A field of the server in the form of the program, without what no argument says. */
export function asField({
    isFunctionOutput: _isOutput,
    otherParams: _others,
    ...field
}: ObservedField): Field {
    return {
        ...field,
        ...(field.fields && {
            fields: field.fields.map((member) => {
                const { otherParams: _params, ...rest } = member as Member & { otherParams?: unknown };
                return rest;
            }),
        }),
    };
}

function driftOf(field: Field, now: ObservedField, capabilities: Capabilities): Field {
    const { lite, nullable, fieldMmap, warmup, multiAnalyzer } = capabilities;
    return {
        ...field,
        dataType: now.dataType,
        isPrimaryKey: now.isPrimaryKey,
        autoId: now.autoId,
        nullable: now.nullable,
        dim: now.dim ?? field.dim,
        maxLength: now.maxLength ?? field.maxLength,
        maxCapacity: now.maxCapacity ?? field.maxCapacity,
        elementType: now.elementType ?? field.elementType,
        isPartitionKey: now.isPartitionKey,
        ...(nullable && { defaultValue: defaultOf(field, now) }),
        ...(field.fields && now.fields && { fields: membersOf(field.fields, asField(now).fields!) }),
        // Like a property, one that the program does not mention is not compared.
        ...(fieldMmap && field.mmap !== undefined && { mmap: now.mmap }),
        ...(warmup && field.warmup !== undefined && { warmup: now.warmup }),
        ...(multiAnalyzer && {
            multiAnalyzerParams: same(field.multiAnalyzerParams, now.multiAnalyzerParams)
                ? field.multiAnalyzerParams
                : now.multiAnalyzerParams,
        }),
        // milvus-lite keeps neither.
        ...(!lite && {
            isClusteringKey: now.isClusteringKey,
            enableAnalyzer: now.enableAnalyzer,
            enableMatch: now.enableMatch,
            analyzerParams: same(field.analyzerParams, now.analyzerParams)
                ? field.analyzerParams
                : now.analyzerParams,
            ...(field.description !== "" && { description: now.description }),
        }),
    };
}

/** A server stores a Float with 24 bits, and times and shapes in a spelling of its own. */
function defaultOf(field: Field, now: ObservedField): Field["defaultValue"] {
    const [is, was] = [now.defaultValue, field.defaultValue];
    if (typeof is === "number" && typeof was === "number" && Math.fround(is) === Math.fround(was)) return was;
    const isRespelled = field.dataType === "Timestamptz" || field.dataType === "Geometry";
    return isRespelled && is !== undefined && was !== undefined ? was : is;
}

function membersOf(declared: readonly Member[], observed: readonly Member[]): Member[] {
    const before = new Map(declared.map((member) => [member.name, member]));
    return observed.map((member) => {
        const { description = "" } = before.get(member.name) ?? {};
        return description === "" && before.has(member.name) ? { ...member, description } : member;
    });
}
