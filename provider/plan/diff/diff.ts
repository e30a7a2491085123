import type { Collection } from "../../inputs/schema/collection";
import type { Change } from "./change";
import { diffFields } from "./diffFields";
import { diffFunctions, diffIndexes } from "./diffIndexes";
import { originsOf } from "./fieldOrigins";
import { placeOf } from "./place";
import { same } from "./same";
import { isDefaultProperty } from "./serversOwn";
import { stateOnlyChanges } from "./stateOnly";

/**
 * The changes between two declarations of a collection. Both are normalised; the order of fields, functions, indexes and
 * partitions does not matter. Empty if, and only if, the program did not change.
 */
export function diffCollection(deployed: Collection, target: Collection): Change[] {
    const names = new Set(deployed.fields.map(({ name }) => name));
    const origins = originsOf(target.fields, names, deployed.fields);
    const settings = stateOnlyChanges(deployed, target);
    return [
        ...diffFields(deployed, target, origins),
        ...diffFunctions(deployed, target, origins),
        ...diffWhole(deployed, target),
        ...diffProperties(deployed.properties, target.properties),
        ...diffPartitions(deployed.partitions, target.partitions),
        ...diffIndexes(deployed, target, origins),
        ...(same(deployed.load, target.load)
            ? []
            : [{ kind: "alter-load", from: deployed.load, to: target.load } as const]),
        ...(settings.length === 0 ? [] : [{ kind: "state-only", arguments: settings } as const]),
    ];
}

function diffWhole(deployed: Collection, target: Collection): Change[] {
    const changes: Change[] = [];
    const [before, after] = [placeOf(deployed), placeOf(target)];
    if (deployed.name !== target.name) {
        changes.push({ kind: "alter-name", from: deployed.name, to: target.name });
    }
    if (before.database !== after.database) {
        changes.push({ kind: "alter-database", from: before.database, to: after.database });
    }
    if (before.address !== after.address) {
        changes.push({ kind: "alter-connection", from: before.address, to: after.address });
    }
    if (deployed.description !== target.description) {
        changes.push({ kind: "alter-description", from: deployed.description, to: target.description });
    }
    if (deployed.enableDynamicField !== target.enableDynamicField) {
        changes.push({ kind: "alter-dynamic-field", to: target.enableDynamicField });
    }
    if (deployed.consistencyLevel !== target.consistencyLevel) {
        const { consistencyLevel: from } = deployed;
        changes.push({ kind: "alter-consistency", from, to: target.consistencyLevel });
    }
    // Where the program gives no number, the server's number is not a change.
    if (target.shardsNum !== undefined && deployed.shardsNum !== target.shardsNum) {
        changes.push({ kind: "alter-shards", from: deployed.shardsNum, to: target.shardsNum });
    }
    if (target.numPartitions !== undefined && deployed.numPartitions !== target.numPartitions) {
        changes.push({
            kind: "alter-num-partitions",
            from: deployed.numPartitions,
            to: target.numPartitions,
        });
    }
    return changes;
}

function diffProperties(deployed: Record<string, string>, target: Record<string, string>): Change[] {
    const before = new Map(Object.entries(deployed));
    const after = new Map(Object.entries(target));
    const set = [...after].filter(([key, value]) => before.get(key) !== value);
    // The program no longer sets what the server sets by itself: it stays.
    const gone = [...before].filter(([key, value]) => !after.has(key) && !isDefaultProperty(key, value));
    return [
        ...set.map(([key, to]): Change => ({ kind: "set-property", key, from: before.get(key), to })),
        ...gone.map(([key, from]): Change => ({ kind: "delete-property", key, from })),
    ];
}

function diffPartitions(deployed: readonly string[], target: readonly string[]): Change[] {
    const before = new Set(deployed);
    const after = new Set(target);
    return [
        ...[...after]
            .filter((partition) => !before.has(partition))
            .map((partition): Change => ({ kind: "add-partition", partition })),
        ...[...before]
            .filter((partition) => !after.has(partition))
            .map((partition): Change => ({ kind: "drop-partition", partition })),
    ];
}
