import type { Collection, CollectionFunction, Field, Index, Load } from "../../inputs/schema/collection";
import type { FieldValue } from "../../inputs/schema/field";
import type { MemorySetting } from "../../inputs/schema/memory";

/** The deployed and the declared value; undefined where it is not set. */
interface FromTo<T> {
    from: T | undefined;
    to: T | undefined;
}

/** A difference between two declarations of a collection. A field has its target name here, unless it is dropped. */
export type Change =
    | { kind: "add-field"; field: Field }
    | { kind: "drop-field"; field: Field }
    | { kind: "rename-field"; from: string; to: string }
    /** Another data type, element type or structure. `from` and `to` are texts such as `Array<Int64>`. */
    | { kind: "retype-field"; field: string; from: string; to: string }
    | ({ kind: "resize-field"; field: string; limit: "maxLength" | "maxCapacity" } & FromTo<number>)
    | ({ kind: "alter-dim"; field: string } & FromTo<number>)
    | { kind: "alter-nullable"; field: string; to: boolean }
    | ({ kind: "alter-default"; field: string } & FromTo<FieldValue>)
    | { kind: "alter-auto-id"; field: string; to: boolean }
    | { kind: "alter-analyzer"; field: string }
    /** How a field is kept in memory. */
    | ({ kind: "alter-memory"; field: string; setting: MemorySetting } & FromTo<Field[MemorySetting]>)
    | ({ kind: "alter-primary-key" } & FromTo<string>)
    | ({ kind: "alter-partition-key" } & FromTo<string>)
    | ({ kind: "alter-clustering-key" } & FromTo<string>)
    | { kind: "describe-part"; part: "field" | "function"; name: string }
    | { kind: "add-function"; function: CollectionFunction }
    | { kind: "drop-function"; function: CollectionFunction }
    | { kind: "alter-function"; from: CollectionFunction; to: CollectionFunction }
    | { kind: "alter-dynamic-field"; to: boolean }
    | ({ kind: "alter-shards" } & FromTo<number>)
    | { kind: "alter-consistency"; from: ConsistencyLevel; to: ConsistencyLevel }
    | { kind: "alter-description"; from: string; to: string }
    | { kind: "set-property"; key: string; from: string | undefined; to: string }
    | { kind: "delete-property"; key: string; from: string }
    | { kind: "add-partition"; partition: string }
    | { kind: "drop-partition"; partition: string }
    | ({ kind: "alter-num-partitions" } & FromTo<number>)
    | { kind: "add-index"; index: Index }
    | { kind: "drop-index"; index: Index }
    | { kind: "alter-index"; from: Index; to: Index }
    | ({ kind: "alter-load" } & FromTo<Load>)
    | ({ kind: "alter-database" } & FromTo<string>)
    | ({ kind: "alter-name" } & FromTo<string>)
    /** Another server, by its address; undefined is the configured one. */
    | ({ kind: "alter-connection" } & FromTo<string>)
    /** Arguments that only guide the provider and are not stored on the server. */
    | { kind: "state-only"; arguments: string[] };

export type ChangeKind = Change["kind"];
export type ChangeOf<K extends ChangeKind> = Extract<Change, { kind: K }>;
export type ConsistencyLevel = Collection["consistencyLevel"];
