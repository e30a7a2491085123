import type { Index, Load } from "../spec/collection";
import type { ConsistencyLevel } from "./change";

/** A step that changes a collection where it is, without touching a row; the step room runs it. */
export type Update =
    | { kind: "release" }
    | { kind: "set-properties"; properties: Record<string, string> }
    | { kind: "delete-properties"; keys: string[] }
    | { kind: "alter-description"; description: string }
    | { kind: "alter-consistency"; consistencyLevel: ConsistencyLevel }
    | { kind: "create-partition"; partition: string }
    | { kind: "drop-index"; field: string; index: string }
    | { kind: "create-index"; index: Index }
    /** A loaded partition is released before it is dropped, the others stay loaded. */
    | { kind: "drop-partition"; partition: string }
    | { kind: "load"; load: Load };

/** The order in which updates are safe: what needs a released collection after the release, what destroys late. */
const rank = {
    release: 0,
    "set-properties": 1,
    "delete-properties": 2,
    "alter-description": 3,
    "alter-consistency": 4,
    "create-partition": 5,
    "drop-index": 6,
    "create-index": 7,
    "drop-partition": 8,
    load: 9,
} satisfies Record<Update["kind"], number>;

/** Puts updates in order and makes one call of all properties set, and one of all deleted. */
export function arrange(updates: readonly Update[]): Update[] {
    const properties = Object.fromEntries(
        updates.flatMap((u) => (u.kind === "set-properties" ? Object.entries(u.properties) : [])),
    );
    const keys = updates.flatMap((u) => (u.kind === "delete-properties" ? u.keys : []));
    const single: Update[] = updates.filter(
        (u) => u.kind !== "set-properties" && u.kind !== "delete-properties",
    );
    // Milvus refuses a call that sets and deletes at once.
    if (Object.keys(properties).length > 0) single.push({ kind: "set-properties", properties });
    if (keys.length > 0) single.push({ kind: "delete-properties", keys });
    return single.sort((a, b) => rank[a.kind] - rank[b.kind]);
}
