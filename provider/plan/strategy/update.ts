import type { CollectionFunction, Field, Index, Load } from "../../inputs/schema/collection";
import { isOfMemory } from "../../inputs/schema/memory";
import type { ConsistencyLevel } from "../diff/change";
import { excludedBy } from "../diff/exclusive";

/** A step that changes a collection in place. Only a backfill writes rows. */
export type Update =
    | { kind: "add-field"; field: Field }
    /** Writes each row that has no value of these fields again, with their backfills. */
    | { kind: "backfill"; fields: readonly Field[] }
    | { kind: "enable-dynamic-field" }
    /** Properties of a field as Milvus spells them: `max_length`, `field.description`, `mmap.enabled`. */
    | { kind: "alter-field"; field: string; properties: Record<string, string>; deletes?: string[] }
    /** A function with its one output field and the index of it: the server adds the three in one call. */
    | { kind: "add-function"; function: CollectionFunction; field: Field; index: Index }
    /** Parameters of a function that leave its output as it is. */
    | { kind: "alter-function"; function: CollectionFunction }
    | { kind: "set-properties"; properties: Record<string, string> }
    | { kind: "delete-properties"; keys: string[] }
    | { kind: "alter-description"; description: string }
    | { kind: "alter-consistency"; consistencyLevel: ConsistencyLevel }
    | { kind: "create-partition"; partition: string }
    | { kind: "release" }
    | { kind: "drop-index"; field: string; index: string }
    /** Parameters that change nothing that is built, by the name of the index on the server. */
    | {
          kind: "alter-index";
          field: string;
          index: string;
          properties: Record<string, string>;
          deletes?: string[];
      }
    /** `isNew`: the field is added by the same plan, so that existing rows have no value of it. */
    | { kind: "create-index"; index: Index; isNew?: boolean }
    /** Loads what was added since the load, while the collection serves. */
    | { kind: "refresh" }
    /** `partitions`: those that are loaded beside the ones that are loaded already. */
    | { kind: "load"; load: Load; partitions?: readonly string[] }
    /** A loaded partition is released before it is dropped; the others stay loaded. */
    | { kind: "drop-partition"; partition: string }
    /** The function and its output fields. */
    | { kind: "drop-function"; function: string }
    | { kind: "drop-field"; field: string }
    /** `to` undefined: the name that the provider makes of the resource's. */
    | { kind: "rename"; to: string | undefined; load: Load | undefined };

/** The steps that come last, when everything else is done: those that cannot be undone, and the rename. */
const destroys = {
    "drop-partition": true,
    "drop-function": true,
    "drop-field": true,
    // It comes last: every other step uses the former name.
    rename: true,
    "add-field": false,
    "enable-dynamic-field": false,
    "alter-field": false,
    "add-function": false,
    "alter-function": false,
    "set-properties": false,
    "delete-properties": false,
    "alter-description": false,
    "alter-consistency": false,
    "create-partition": false,
    backfill: false,
    release: false,
    // A dropped index can be built again.
    "drop-index": false,
    "alter-index": false,
    "create-index": false,
    load: false,
    refresh: false,
} satisfies Record<Update["kind"], boolean>;

export const destructive = ({ kind }: Update): boolean => destroys[kind];

/** Whether a step changes how a field or an index is kept in memory, and nothing else. */
export const changesMemory = (update: Update): boolean =>
    update.kind === "alter-index" ||
    (update.kind === "alter-field" &&
        [...Object.keys(update.properties), ...(update.deletes ?? [])].some(isOfMemory));

/** Whether a step changes the fields of the rows, or which rows exist. */
export const changesRows = ({ kind }: Update): boolean =>
    destroys[kind] ||
    kind === "add-field" ||
    kind === "backfill" ||
    kind === "add-function" ||
    kind === "enable-dynamic-field";

/** The order of steps: what others need comes first, and a function is dropped before the field that it reads. */
const rank = {
    "add-field": 0,
    "enable-dynamic-field": 1,
    "alter-field": 2,
    "add-function": 3,
    "alter-function": 4,
    "set-properties": 5,
    "delete-properties": 6,
    "alter-description": 7,
    "alter-consistency": 8,
    "create-partition": 9,
    // An index of a new field is built over its values.
    backfill: 10,
    release: 11,
    "drop-index": 12,
    "alter-index": 13,
    "create-index": 14,
    load: 15,
    refresh: 16,
    "drop-partition": 17,
    "drop-function": 18,
    "drop-field": 19,
    rename: 20,
} satisfies Record<Update["kind"], number>;

/**
 * Sorts the steps, and merges all set properties into one call, all deleted ones into another, all refreshes into one, and all
 * backfills into one that writes each row once.
 */
export function arrange(updates: readonly Update[]): Update[] {
    const properties = Object.fromEntries(
        updates.flatMap((u) => (u.kind === "set-properties" ? Object.entries(u.properties) : [])),
    );
    const keys = [...new Set(updates.flatMap((u) => (u.kind === "delete-properties" ? u.keys : [])))];
    const single: Update[] = updates.filter(
        ({ kind }) =>
            !(["set-properties", "delete-properties", "refresh", "backfill"] as const).some(
                (one) => one === kind,
            ),
    );
    if (updates.some(({ kind }) => kind === "refresh")) single.push({ kind: "refresh" });
    const filled = updates.flatMap((u) => (u.kind === "backfill" ? u.fields : []));
    if (filled.length > 0) single.push({ kind: "backfill", fields: filled });
    // Milvus refuses a call that both sets and deletes properties.
    if (Object.keys(properties).length > 0) single.push({ kind: "set-properties", properties });
    if (keys.length > 0) single.push({ kind: "delete-properties", keys });
    // A property that excludes another one is set when that is gone.
    const excludes = Object.keys(properties).some((key) => keys.includes(excludedBy(key) ?? ""));
    const place = ({ kind }: Update) =>
        excludes && kind === "delete-properties" ? rank["set-properties"] - 0.5 : rank[kind];
    return single.sort((a, b) => place(a) - place(b));
}
