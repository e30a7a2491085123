import type { Collection } from "../spec/collection";
import type { Capabilities } from "../observe/state";
import type { Change, ChangeKind, ChangeOf } from "./change";
import type { Finding } from "./finding";
import { finding } from "./finding";
import { droppedPartition } from "./mapPartitions";
import type { Update } from "./update";

/** How a change gets onto the server, from the cheapest to the dearest. */
export type Path =
    | { via: "settings"; findings?: Finding[] }
    /** In place. `released`: the server takes it from a released collection only. */
    | { via: "update"; updates: Update[]; released?: boolean; findings?: Finding[] }
    /** A new collection takes the rows over; `argument` is what forces it, as Pulumi names it. */
    | { via: "migrate"; argument: keyof Collection };

type Server = Pick<
    Capabilities,
    "server" | "alterProperties" | "deleteProperties" | "alterDescription" | "keepsDescription" | "partitions"
>;
type PathOf<K extends ChangeKind> = (change: ChangeOf<K>, server: Server) => Path;

const migrate = (argument: keyof Collection) => (): Path => ({ via: "migrate", argument });
const update = (...updates: Update[]): Path => ({ via: "update", updates });
const released = (...updates: Update[]): Path => ({ via: "update", updates, released: true });

/** The cheapest safe path of each kind of change. Source: Milvus docs, "Modify Collection" and its neighbours. */
const paths = {
    "add-field": migrate("fields"),
    "drop-field": migrate("fields"),
    "rename-field": migrate("fields"),
    "retype-field": migrate("fields"),
    "resize-field": migrate("fields"),
    "alter-dim": migrate("fields"),
    "alter-nullable": migrate("fields"),
    "alter-default": migrate("fields"),
    "alter-auto-id": migrate("fields"),
    "alter-analyzer": migrate("fields"),
    "alter-primary-key": migrate("fields"),
    "alter-partition-key": migrate("fields"),
    "alter-clustering-key": migrate("fields"),
    // To move all rows for the wording of a part would be absurd: the next migration takes it along.
    "describe-part": ({ part, name }) => ({
        via: "settings",
        findings: [
            finding(
                "MV126",
                `${part}s`,
                `The description of ${name} reaches the server with the next migration.`,
            ),
        ],
    }),
    "add-function": migrate("functions"),
    "drop-function": migrate("functions"),
    "alter-function": migrate("functions"),
    "alter-dynamic-field": migrate("enableDynamicField"),
    "alter-shards": migrate("shardsNum"),
    "alter-num-partitions": migrate("numPartitions"),
    "alter-database": migrate("database"),
    "alter-name": migrate("name"),
    "alter-connection": migrate("connection"),
    // Consistency came to AlterCollection before the description did: who has this has that.
    "alter-consistency": ({ to }, server) =>
        server.alterDescription
            ? update({ kind: "alter-consistency", consistencyLevel: to })
            : { via: "migrate", argument: "consistencyLevel" },
    "alter-description": ({ to }, server) => {
        if (server.alterDescription) return update({ kind: "alter-description", description: to });
        if (server.keepsDescription) return { via: "migrate", argument: "description" };
        const message = `${server.server} forgets descriptions: this one is kept in the state alone.`;
        return { via: "settings", findings: [finding("MV126", "description", message)] };
    },
    "set-property": ({ key, to }, server) =>
        changesInPlace(key, server.alterProperties)
            ? property(key, { kind: "set-properties", properties: { [key]: to } })
            : { via: "migrate", argument: "properties" },
    "delete-property": ({ key }, server) =>
        changesInPlace(key, server.alterProperties && server.deleteProperties)
            ? property(key, { kind: "delete-properties", keys: [key] })
            : { via: "migrate", argument: "properties" },
    "add-partition": ({ partition }, server) => {
        const message = `${server.server} has no partitions.`;
        return server.partitions
            ? update({ kind: "create-partition", partition })
            : { via: "update", updates: [], findings: [finding("MV129", "partitions", message)] };
    },
    "drop-partition": ({ partition }) => ({
        via: "update",
        updates: [{ kind: "drop-partition", partition }],
        findings: [droppedPartition(partition)],
    }),
    // A new index is built and loaded while the collection serves; the old one of a loaded field cannot be dropped.
    "add-index": ({ index }) => update({ kind: "create-index", index }),
    "drop-index": ({ index }) => released({ kind: "drop-index", field: index.field, index: index.name }),
    "alter-index": ({ from, to }) =>
        released(
            { kind: "drop-index", field: from.field, index: from.name },
            { kind: "create-index", index: to },
        ),
    "alter-load": () => released(),
    settings: () => ({ via: "settings" }),
} satisfies { [K in ChangeKind]: PathOf<K> };

export function pathOf(change: Change, server: Server): Path {
    // The map's type pairs each kind with its change; TypeScript cannot follow that through a lookup.
    return (paths[change.kind] as (change: Change, server: Server) => Path)(change, server);
}

/** Isolation cannot be altered while a vector index is there (Milvus docs, "Use Partition Key"). */
function changesInPlace(key: string, able: boolean): boolean {
    return able && key !== "partitionkey.isolation";
}

/** How data is loaded is read at the load (Milvus docs, "Use mmap"): such keys need a released collection. */
function property(key: string, step: Update): Path {
    return /^(mmap|lazyload|warmup)\./.test(key) ? released(step) : update(step);
}
