import type { Collection } from "../../inputs/schema/collection";
import type { Change, ChangeKind, ChangeOf } from "../diff/change";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { PlanContext } from "./planContext";
import { isDeclaredIndex } from "./existingIndex";
import { droppedPartition } from "../mapping/mapPartitions";
import { addField, describeField, dropField, resizeField } from "./fieldStrategy";
import { addFunction, dropFunction } from "./functionStrategy";
import { inPlace, migrate, type Strategy, whileReleased } from "./strategy";
import type { Update } from "./update";

export type { Strategy } from "./strategy";

type StrategyOf<K extends ChangeKind> = (change: ChangeOf<K>, context: PlanContext) => Strategy;

const fixed = (argument: keyof Collection, reason: string) => (): Strategy => migrate(argument, reason);

/** The cheapest safe path of each kind of change. Source: Milvus docs, "Modify Collection" and its neighbours. */
const strategies = {
    "add-field": ({ field }, context) => addField(field, context),
    "drop-field": ({ field }, context) => dropField(field, context),
    "rename-field": fixed("fields", "Milvus renames no field"),
    "retype-field": fixed("fields", "Milvus changes the type of no field"),
    "resize-field": (change, context) => resizeField(change, context),
    "alter-dim": fixed("fields", "Milvus changes the dimension of no field"),
    "alter-nullable": fixed("fields", "Milvus makes no field nullable or not"),
    "alter-default": fixed("fields", "Milvus changes no default"),
    "alter-auto-id": fixed("fields", "Milvus never changes who makes the keys"),
    "alter-analyzer": fixed("fields", "Milvus changes no analyzer"),
    "alter-primary-key": fixed("fields", "Milvus never changes the primary key"),
    "alter-partition-key": fixed("fields", "Milvus never changes the partition key"),
    "alter-clustering-key": fixed("fields", "Milvus never changes the clustering key"),
    "describe-part": (change, context) => describeField(change, context),
    "add-function": ({ function: added }, context) => addFunction(added, context),
    "drop-function": ({ function: gone }, context) => dropFunction(gone, context),
    "alter-function": fixed("functions", "a function's outputs are made anew"),
    "alter-dynamic-field": ({ to }, { server }) =>
        to && server.enableDynamicField
            ? inPlace({ kind: "enable-dynamic-field" })
            : migrate(
                  "enableDynamicField",
                  `${server.server} turns the dynamic field ${to ? "on" : "off"} for new collections only`,
              ),
    "alter-shards": fixed("shardsNum", "Milvus never changes the number of shards"),
    "alter-num-partitions": fixed("numPartitions", "Milvus spreads the values of a key once"),
    "alter-database": fixed("database", "another database holds other collections"),
    "alter-name": fixed("name", "another name is another collection"),
    "alter-connection": fixed("connection", "another server holds other collections"),
    "alter-consistency": ({ to }, { server }) =>
        server.alterConsistency
            ? inPlace({ kind: "alter-consistency", consistencyLevel: to })
            : migrate("consistencyLevel", `${server.server} sets the consistency level once`),
    "alter-description": ({ to }, { server }) => {
        if (server.alterDescription) return inPlace({ kind: "alter-description", description: to });
        if (server.keepsDescription)
            return migrate("description", `${server.server} sets the description once`);
        const message = `${server.server} forgets descriptions: this one is kept in the state alone.`;
        return stateOnly(finding("MV126", "description", message));
    },
    "set-property": ({ key, from, to }, { server }) =>
        changesInPlace(key, server.alterProperties)
            ? property(key, { kind: "set-properties", properties: { [key]: to } }, expiring(key, from, to))
            : migrate("properties", `${server.server} sets ${key} once`),
    "delete-property": ({ key }, { server }) =>
        changesInPlace(key, server.alterProperties && server.deleteProperties)
            ? property(key, { kind: "delete-properties", keys: [key] })
            : migrate("properties", `${server.server} deletes no ${key}`),
    "add-partition": ({ partition }, { server }) => {
        const message = `${server.server} has no partitions.`;
        return server.partitions
            ? inPlace({ kind: "create-partition", partition })
            : { via: "update", updates: [], findings: [finding("MV129", "partitions", message)] };
    },
    "drop-partition": ({ partition }, { statistics }) => ({
        via: "update",
        updates: [{ kind: "drop-partition", partition }],
        findings: droppedPartition(partition, statistics),
    }),
    // A new index is built and loaded while the collection serves; the old one of a loaded field cannot be dropped.
    "add-index": ({ index }) => inPlace({ kind: "create-index", index }),
    "drop-index": ({ index }, context) =>
        context.source.indexes.some(({ field }) => field === index.field)
            ? reindex(context, { kind: "drop-index", field: index.field, index: index.name })
            : alreadyDone(context),
    "alter-index": ({ from, to }, context) =>
        isDeclaredIndex(to, context.source.indexes)
            ? alreadyDone(context)
            : reindex(
                  context,
                  { kind: "drop-index", field: from.field, index: from.name },
                  { kind: "create-index", index: to },
              ),
    "alter-load": () => whileReleased(),
    "state-only": () => stateOnly(),
} satisfies { [K in ChangeKind]: StrategyOf<K> };

export function strategyOf(change: Change, context: PlanContext): Strategy {
    // The map's type pairs each kind with its change; TypeScript cannot follow that through a lookup.
    return (strategies[change.kind] as (change: Change, context: PlanContext) => Strategy)(change, context);
}

function stateOnly(...findings: Finding[]): Strategy {
    return { via: "state-only", findings };
}

/** Between release and load, or, where the program asks for it and somebody would notice, on a copy that takes over. */
function reindex({ source, target }: PlanContext, ...updates: Update[]): Strategy {
    const serves = source.loadState !== "not-loaded" && target.load !== undefined;
    return serves && target.migration.indexes === "shadow"
        ? migrate("indexes", 'migration.indexes is "shadow"')
        : whileReleased(...updates);
}

/** A former run got so far, and may have been cut before it loaded the collection again. */
function alreadyDone({ source, target }: PlanContext): Strategy {
    return source.loadState === "not-loaded" && target.load !== undefined ? whileReleased() : inPlace();
}

/** Isolation cannot be altered while a vector index is there (Milvus docs, "Use Partition Key"). */
function changesInPlace(key: string, able: boolean): boolean {
    return able && key !== "partitionkey.isolation";
}

/** How data is loaded is read at the load (Milvus docs, "Use mmap"): such keys need a released collection. */
function property(key: string, step: Update, findings: Finding[] = []): Strategy {
    const released = /^(mmap|lazyload|warmup)\./.test(key);
    return { via: "update", updates: [step], released, findings };
}

/** A time to live counts for the rows that are there, too, from when they were inserted (Milvus docs, "Set Collection TTL"). */
function expiring(key: string, from: string | undefined, to: string): Finding[] {
    const [before, after] = [Number(from ?? 0), Number(to)];
    if (key !== "collection.ttl.seconds" || !(after > 0) || (before > 0 && after >= before)) return [];
    const message = `Rows that were inserted more than ${after} s ago expire at once.`;
    return [finding("MV140", "properties", message)];
}
