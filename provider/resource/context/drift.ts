import type { Capabilities, ObservedCollection } from "../../observe/state";
import type { Collection, CollectionFunction } from "../../inputs/schema/collection";
import { driftOfFields } from "./driftOfFields";
import { driftOfIndexes } from "./driftOfIndexes";

/**
 * The declaration as the server has it now: what the server tells replaces what was declared, what it does not tell
 * (each server forgets something else) stays as declared. A setting that the declaration does not mention is not compared,
 * because a migration keeps it as it is. Equal to `declared` where nobody touched the collection.
 */
export function asDeployed(
    declared: Collection,
    observed: ObservedCollection,
    capabilities: Capabilities,
): Collection {
    const isKeyed = observed.fields.some(({ isPartitionKey }) => isPartitionKey);
    const { shardsNum = declared.shardsNum, numPartitions = declared.numPartitions } = observed;
    return {
        ...declared,
        fields: driftOfFields(declared, observed, capabilities),
        functions: functions(declared.functions, observed, capabilities),
        enableDynamicField: observed.enableDynamicField,
        // milvus-lite has one shard, whatever was asked for.
        ...(declared.shardsNum !== undefined && !capabilities.lite && { shardsNum }),
        ...(declared.numPartitions !== undefined && isKeyed && { numPartitions }),
        ...(!capabilities.lite &&
            declared.consistencyLevel !== "Bounded" && {
                consistencyLevel: (observed.consistencyLevel ??
                    declared.consistencyLevel) as Collection["consistencyLevel"],
            }),
        ...(capabilities.keepsDescription &&
            declared.description !== "" && { description: observed.description }),
        ...(capabilities.alterProperties && {
            properties: properties(declared.properties, observed.properties),
        }),
        ...(capabilities.partitions && {
            partitions: declared.partitions.filter((name) => observed.partitions.includes(name)),
        }),
        indexes: driftOfIndexes(declared, observed, capabilities),
        load: load(declared, observed),
    };
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

function load(declared: Collection, observed: ObservedCollection): Collection["load"] {
    if (observed.loadState === "not-loaded") return undefined;
    const { replicas, resourceGroups } = declared.load ?? { replicas: 1, resourceGroups: [] };
    const now = observed.load ?? { replicas, resourceGroups };
    return {
        replicas: replicas === 1 ? replicas : now.replicas,
        resourceGroups: resourceGroups.length === 0 ? resourceGroups : now.resourceGroups,
    };
}

/** Functions by name, each with the parameters that are declared; milvus-lite up to 2.5 has none. */
function functions(
    declared: readonly CollectionFunction[],
    { functions: observed }: ObservedCollection,
    { lite, version }: Capabilities,
): CollectionFunction[] {
    if (lite && version === undefined) return [...declared];
    const there = new Map(observed.map((one) => [one.name, one]));
    const kept = declared.flatMap((one): CollectionFunction[] => {
        const now = there.get(one.name);
        if (!now) return [];
        there.delete(one.name);
        const params = Object.entries(one.params).flatMap(([key, value]) => {
            const is = now.params[key];
            if (is === undefined) return [];
            return [[key, textOf(is) === textOf(value) ? value : is]];
        });
        return [
            {
                ...now,
                description: one.description === "" || lite ? one.description : now.description,
                params: Object.fromEntries(params) as CollectionFunction["params"],
            },
        ];
    });
    return [...kept, ...there.values()];
}

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
