import type { Field, Transform } from "../../inputs/schema/collection";
import type { FieldValue } from "../../inputs/schema/field";
import type { Capabilities, ObservedField } from "../../observe/state";
import type { Conversion } from "./column/conversion";

/** Where the values of a target column come from. */
export type ColumnSource =
    /**
     * A source column, carried over byte by byte. `from` differs from the target's name after a rename. `nulls` replaces
     * NULL in a field that is no longer nullable; without it, a NULL fails the copy.
     */
    | { kind: "carry"; from: ObservedField; nulls?: FieldValue }
    /**
     * A source column whose values are converted to another type. A lossy conversion rounds; unless it is allowed
     * explicitly, the plan has an error. `nulls` replaces NULL and JSON null.
     */
    | { kind: "convert"; from: ObservedField; conversion: Conversion; nulls?: FieldValue }
    /**
     * A value inside the source's JSON. `from` is a field or `$meta`, `path` the keys from the outside in. `missing` is
     * for a row without the key or with JSON null under it; without it, the row gets NULL. A top-level key of `$meta` is
     * removed from there: milvus-lite 3 would overwrite the field of the same name with it (measured).
     */
    | { kind: "extract"; from: string; path: string[]; missing?: FieldValue }
    /** Computed from the whole row by the program's transform. */
    | { kind: "transform" }
    /** The same value in every row. */
    | { kind: "constant"; value: FieldValue }
    /** NULL in every row. */
    | { kind: "null" }
    /** Not sent, because the server computes it (a function's output, a regenerated key). */
    | { kind: "omit" };

export interface ColumnMapping {
    to: Field;
    source: ColumnSource;
}

/** How a source row becomes a target row. */
export interface RowMapping {
    columns: ColumnMapping[];
    /** Names of the source fields that no column uses. */
    dropped: string[];
    /**
     * Source fields whose values become dynamic keys of the target; `dynamic` is `carry` or `empty` then. A NULL becomes
     * no key. A row that already has the key stops the copy. Default: none.
     */
    movedToDynamicField?: ObservedField[];
    /** Dynamic keys that are dropped because the program allows it. Default: none. */
    droppedDynamicKeys?: string[];
    /** The module of the program that every row passes through, and the fields that it computes. Default: none. */
    transform?: Transform & { fields: string[] };
    /**
     * The JSON that the target's server stores; a row that gets other JSON by a conversion, from a path or from the transform
     * stops the copy. Default: any.
     */
    storedJson?: Exclude<Capabilities["json"], "any">;
    /**
     * For a rollback, where the target already has rows: the columns that no source row has a value for. A row that
     * exists in the target keeps its values, a new row gets the fill, and neither is compared. `columns` has all other
     * columns then. Default: none.
     */
    targetOnly?: { columns: ColumnMapping[]; dynamic: boolean };
    /** The dynamic field `$meta`: carried over byte by byte, dropped, `{}` for each row, or off on both sides. */
    dynamic: "carry" | "drop" | "empty" | "none";
    /** The primary key: its name in source and target, its type, and whether the target generates new keys. */
    key: { from: string; to: string; dataType: "Int64" | "VarChar"; regenerate: boolean };
}

/** Where the rows of each partition go. */
export type PartitionMapping =
    /** Each partition is read and written by its name. Partitions in `dropped` are not read. */
    | { kind: "by-name"; carried: string[]; dropped: string[] }
    /**
     * Rows are read and written without a partition name: the target's partition key routes them, or all go to
     * `_default`.
     */
    | { kind: "together" };
