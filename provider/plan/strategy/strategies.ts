import type { Collection } from "../../inputs/schema/collection";
import type { Change, ChangeKind, ChangeOf } from "../diff/change";
import { same } from "../diff/same";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { PlanContext } from "./planContext";
import { ignoredProperties } from "../mapping/ignoredProperties";
import { droppedPartition } from "../mapping/mapPartitions";
import { addField, alterAnalyzer, crashes, describeField, dropField, resizeField } from "./fieldStrategy";
import { addFunction, alterFunction, dropFunction } from "./functionStrategy";
import { addIndex, alterIndex, dropIndex } from "./indexStrategy";
import { alterMemory } from "./memoryStrategy";
import { rename } from "./renameStrategy";
import { inPlace, migrate, type Strategy, whileReleased } from "./strategy";
import { excludedBy } from "../diff/exclusive";
import type { Update } from "./update";

export type { Strategy } from "./strategy";

type StrategyOf<K extends ChangeKind> = (change: ChangeOf<K>, context: PlanContext) => Strategy;

const fixed = (argument: keyof Collection, reason: string) => (): Strategy => migrate(argument, reason);

/** The cheapest safe strategy of each kind of change. Source: Milvus docs, "Modify Collection" and related pages. */
const strategies = {
    "add-field": ({ field }, context) => addField(field, context),
    "drop-field": ({ field }, context) => dropField(field, context),
    "rename-field": fixed("fields", "Milvus cannot rename a field"),
    "retype-field": fixed("fields", "Milvus cannot change the type of a field"),
    "resize-field": (change, context) => resizeField(change, context),
    "alter-dim": fixed("fields", "Milvus cannot change the dimension of a vector"),
    "alter-nullable": fixed("fields", "Milvus cannot change whether a field is nullable"),
    "alter-default": fixed("fields", "Milvus cannot change the default of a field"),
    "alter-auto-id": fixed("fields", "Milvus cannot change autoId"),
    "alter-analyzer": (change, context) => alterAnalyzer(change, context),
    "alter-memory": (change, context) => alterMemory(change, context),
    "alter-primary-key": fixed("fields", "Milvus cannot change the primary key"),
    "alter-partition-key": fixed("fields", "Milvus cannot change the partition key"),
    "alter-clustering-key": fixed("fields", "Milvus cannot change the clustering key"),
    "describe-part": (change, context) => describeField(change, context),
    "add-function": ({ function: added }, context) => addFunction(added, context),
    "drop-function": ({ function: gone }, context) => dropFunction(gone, context),
    "alter-function": (change, context) => alterFunction(change, context),
    "alter-dynamic-field": ({ to }, context) =>
        to && context.server.enableDynamicField && !crashes(context)
            ? inPlace({ kind: "enable-dynamic-field" })
            : migrate(
                  "enableDynamicField",
                  `${context.server.server} cannot turn the dynamic field ${to ? "on" : "off"} in place`,
              ),
    "alter-shards": fixed("shardsNum", "Milvus cannot change the number of shards"),
    "alter-num-partitions": fixed(
        "numPartitions",
        "Milvus cannot change the number of partitions of a partition key",
    ),
    "alter-database": fixed("database", "another database needs a new collection"),
    "alter-name": (change, context) => rename(change, context),
    "alter-connection": fixed("connection", "another server needs a new collection"),
    "alter-consistency": ({ to }, { server }) =>
        server.alterConsistency
            ? inPlace({ kind: "alter-consistency", consistencyLevel: to })
            : migrate("consistencyLevel", `${server.server} cannot change the consistency level`),
    "alter-description": ({ to }, { server }) => {
        if (server.alterDescription) return inPlace({ kind: "alter-description", description: to });
        if (server.keepsDescription)
            return migrate("description", `${server.server} cannot change the description`);
        const message = `${server.server} does not store descriptions. Only the state keeps this one.`;
        return stateOnly(finding("MV126", "description", message));
    },
    "set-property": (change, context) => setProperty(change, context),
    "delete-property": ({ key }, { server }) =>
        changesInPlace(key, server.alterProperties && server.deleteProperties)
            ? property(key, { kind: "delete-properties", keys: [key] })
            : migrate("properties", `${server.server} cannot delete ${key} in place`),
    "add-partition": ({ partition }, { server }) => {
        const message = `${server.server} does not support partitions.`;
        return server.partitions
            ? inPlace({ kind: "create-partition", partition })
            : { via: "update", updates: [], findings: [finding("MV129", "partitions", message)] };
    },
    "drop-partition": ({ partition }, { statistics }) => ({
        via: "update",
        updates: [{ kind: "drop-partition", partition }],
        findings: droppedPartition(partition, statistics),
    }),
    "add-index": (change, context) => addIndex(change, context),
    "drop-index": (change, context) => dropIndex(change, context),
    "alter-index": (change, context) => alterIndex(change, context),
    "alter-load": (change, context) => reload(change, context),
    "state-only": () => stateOnly(),
} satisfies { [K in ChangeKind]: StrategyOf<K> };

export function strategyOf(change: Change, context: PlanContext): Strategy {
    // The map's type pairs each kind with its change; TypeScript cannot follow that through a lookup.
    return (strategies[change.kind] as (change: Change, context: PlanContext) => Strategy)(change, context);
}

function stateOnly(...findings: Finding[]): Strategy {
    return { via: "state-only", findings };
}

/** A loaded collection gets another number of replicas while it serves; other resource groups need a release. */
function reload({ from, to }: ChangeOf<"alter-load">, { server, source }: PlanContext): Strategy {
    const isReplicas = from !== undefined && to !== undefined && same(from.resourceGroups, to.resourceGroups);
    return isReplicas && server.changesReplicasLoaded && source.loadState === "loaded"
        ? inPlace({ kind: "load", load: to })
        : whileReleased();
}

function setProperty({ key, from, to }: ChangeOf<"set-property">, context: PlanContext): Strategy {
    const { server, source, target } = context;
    if (!changesInPlace(key, server.alterProperties))
        return migrate("properties", `${server.server} cannot change ${key} in place`);
    const set = property(key, { kind: "set-properties", properties: { [key]: to } }, [
        ...expiring(key, from, to),
        ...ignoredProperties({ [key]: to }, server),
    ]);
    const excluded = excludedBy(key);
    const stands = excluded !== undefined && source.properties[excluded] !== undefined;
    if (!stands || target.properties[excluded] !== undefined || set.via !== "update") return set;
    const message = `${excluded} of the server is deleted: a collection has one of it and ${key}.`;
    return {
        ...set,
        updates: [...set.updates, { kind: "delete-properties", keys: [excluded] }],
        findings: [...(set.findings ?? []), finding("MV181", "properties", message)],
    };
}

/**
 * Milvus cannot change the isolation, nor the query mode (2.6.14), while a vector index exists: error 702 (Milvus docs, "Use
 * Partition Key").
 */
function changesInPlace(key: string, able: boolean): boolean {
    return able && key !== "partitionkey.isolation" && key !== "query_mode";
}

/** Milvus reads the mmap, lazyload and warmup properties at the load, so they need a released collection ("Use mmap"). */
function property(key: string, step: Update, findings: Finding[] = []): Strategy {
    const released = /^(mmap|lazyload|warmup)\./.test(key);
    return { via: "update", updates: [step], released, findings };
}

/** A time to live also applies to existing rows and counts from their insert (Milvus docs, "Set Collection TTL"). */
function expiring(key: string, from: string | undefined, to: string): Finding[] {
    const [before, after] = [Number(from ?? 0), Number(to)];
    if (key !== "collection.ttl.seconds" || !(after > 0) || (before > 0 && after >= before)) return [];
    const message = `Rows inserted more than ${after} s ago expire at once.`;
    return [finding("MV140", "properties", message)];
}
