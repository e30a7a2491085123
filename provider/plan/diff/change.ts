import type { Collection, CollectionFunction, Field, Index, Load } from "../../inputs/schema/collection";
import type { FieldValue } from "../../inputs/schema/field";

/** From the deployed value to the declared one; undefined where it is not set. */
interface Turn<T> {
    from: T | undefined;
    to: T | undefined;
}

/** A difference between two declarations of a collection. A field goes by its target name, unless it is dropped. */
export type Change =
    | { kind: "add-field"; field: Field }
    | { kind: "drop-field"; field: Field }
    | { kind: "rename-field"; from: string; to: string }
    /** Another data type, element type or structure: `from` and `to` as a person writes the type. */
    | { kind: "retype-field"; field: string; from: string; to: string }
    | ({ kind: "resize-field"; field: string; limit: "maxLength" | "maxCapacity" } & Turn<number>)
    | ({ kind: "alter-dim"; field: string } & Turn<number>)
    | { kind: "alter-nullable"; field: string; to: boolean }
    | ({ kind: "alter-default"; field: string } & Turn<FieldValue>)
    | { kind: "alter-auto-id"; field: string; to: boolean }
    | { kind: "alter-analyzer"; field: string }
    | ({ kind: "alter-primary-key" } & Turn<string>)
    | ({ kind: "alter-partition-key" } & Turn<string>)
    | ({ kind: "alter-clustering-key" } & Turn<string>)
    | { kind: "describe-part"; part: "field" | "function"; name: string }
    | { kind: "add-function"; function: CollectionFunction }
    | { kind: "drop-function"; function: CollectionFunction }
    | { kind: "alter-function"; from: CollectionFunction; to: CollectionFunction }
    | { kind: "alter-dynamic-field"; to: boolean }
    | ({ kind: "alter-shards" } & Turn<number>)
    | { kind: "alter-consistency"; from: ConsistencyLevel; to: ConsistencyLevel }
    | { kind: "alter-description"; from: string; to: string }
    | { kind: "set-property"; key: string; from: string | undefined; to: string }
    | { kind: "delete-property"; key: string; from: string }
    | { kind: "add-partition"; partition: string }
    | { kind: "drop-partition"; partition: string }
    | ({ kind: "alter-num-partitions" } & Turn<number>)
    | { kind: "add-index"; index: Index }
    | { kind: "drop-index"; index: Index }
    | { kind: "alter-index"; from: Index; to: Index }
    | ({ kind: "alter-load" } & Turn<Load>)
    | ({ kind: "alter-database" } & Turn<string>)
    | ({ kind: "alter-name" } & Turn<string>)
    /** Another server, by its address; undefined stands for the configured one. */
    | ({ kind: "alter-connection" } & Turn<string>)
    /** Arguments that only guide the provider: nothing of them is on the server. */
    | { kind: "state-only"; arguments: string[] };

export type ChangeKind = Change["kind"];
export type ChangeOf<K extends ChangeKind> = Extract<Change, { kind: K }>;
export type ConsistencyLevel = Collection["consistencyLevel"];
