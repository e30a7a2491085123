import type { Collection } from "../../inputs/schema/collection";
import type { Capabilities, ObservedCollection } from "../../observe/state";
import { matchIndex } from "../../plan/diff/matchIndex";
import { asDeployed } from "./drift";

/**
 * A collection as it is on the server, in the spelling of a target: what the server stores otherwise than it was told (a
 * Float with 24 bits, the index that stands for AUTOINDEX), or does not tell at all, is no change. What the target lacks
 * stays.
 */
export function spelledAs(
    target: Collection,
    imported: Collection,
    observed: ObservedCollection,
    capabilities: Capabilities,
): Collection {
    const there = asDeployed(target, observed, capabilities);
    const byName = <Part extends { name: string }>(parts: readonly Part[]) =>
        new Map(parts.map((part) => [part.name, part]));
    const [fields, functions] = [byName(there.fields), byName(there.functions)];
    const matched = new Set([
        ...target.indexes.map((index) => matchIndex(index, observed.indexes)?.name),
        ...there.indexes.map(({ name }) => name),
    ]);
    const asTold = <Key extends "description" | "shardsNum" | "numPartitions" | "consistencyLevel">(
        key: Key,
        isMentioned: boolean,
    ) => ({ [key]: isMentioned ? there[key] : imported[key] });
    return {
        ...imported,
        fields: imported.fields.map((field) => fields.get(field.name) ?? field),
        functions: imported.functions.map((one) => functions.get(one.name) ?? one),
        indexes: [...there.indexes, ...imported.indexes.filter(({ name }) => !matched.has(name))],
        properties: { ...imported.properties, ...there.properties },
        ...asTold("description", target.description !== ""),
        ...asTold("shardsNum", target.shardsNum !== undefined),
        ...asTold("numPartitions", target.numPartitions !== undefined),
        ...asTold("consistencyLevel", target.consistencyLevel !== "Bounded"),
    };
}
