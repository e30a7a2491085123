import type { Capabilities, ObservedCollection, ObservedIndex } from "../../observe/state";
import type { Collection, Field, Index } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";

/**
 * The declaration as the server has it now: what the server tells replaces what was declared, what it does not tell
 * (each server forgets something else) stays as declared. Equal to `declared` where nobody touched the collection.
 */
export function asDeployed(
    declared: Collection,
    observed: ObservedCollection,
    capabilities: Capabilities,
): Collection {
    return {
        ...declared,
        fields: fields(declared.fields, observed),
        enableDynamicField: observed.enableDynamicField,
        ...(!capabilities.lite && {
            consistencyLevel: (observed.consistencyLevel ??
                declared.consistencyLevel) as Collection["consistencyLevel"],
        }),
        ...(capabilities.keepsDescription && { description: observed.description }),
        ...(capabilities.alterProperties && {
            properties: properties(declared.properties, observed.properties),
        }),
        ...(capabilities.partitions && {
            partitions: declared.partitions.filter((name) => observed.partitions.includes(name)),
        }),
        indexes: indexes(declared.indexes, observed.indexes, observed),
        load:
            observed.loadState === "not-loaded"
                ? undefined
                : (declared.load ?? { replicas: 1, resourceGroups: [] }),
    };
}

function fields(declared: readonly Field[], observed: ObservedCollection): Field[] {
    const there = new Map(observed.fields.map((field) => [field.name, field]));
    const kept = declared.flatMap((field): Field[] => {
        const now = there.get(field.name);
        if (!now) return [];
        there.delete(field.name);
        return [
            {
                ...field,
                dataType: now.dataType,
                isPrimaryKey: now.isPrimaryKey,
                autoId: now.autoId,
                nullable: now.nullable,
                dim: now.dim ?? field.dim,
                maxLength: now.maxLength ?? field.maxLength,
                maxCapacity: now.maxCapacity ?? field.maxCapacity,
            },
        ];
    });
    // A field that nobody declared was added by hand.
    const added = [...there.values()].map(({ isFunctionOutput: _isOutput, ...field }): Field => field);
    return [...kept, ...added];
}

/** Of the properties only the declared ones are looked at: Milvus keeps some of its own. */
function properties(
    declared: Record<string, string>,
    observed: Record<string, string>,
): Record<string, string> {
    return Object.fromEntries(
        Object.keys(declared).flatMap((key) => (observed[key] === undefined ? [] : [[key, observed[key]]])),
    );
}

/** Indexes by field; type and metric only where the server tells them as they were declared. */
function indexes(
    declared: readonly Index[],
    there: readonly ObservedIndex[],
    { fields: observed }: ObservedCollection,
): Index[] {
    return declared.flatMap((index) => {
        const now = there.find(({ field }) => field === index.field);
        if (!now) return [];
        const vector = observed.some(({ name, dataType }) => name === index.field && isVector(dataType));
        if (!vector || index.indexType === "AUTOINDEX" || now.indexType === "") return [index];
        return [{ ...index, indexType: now.indexType, metricType: now.metricType ?? index.metricType }];
    });
}
