import type { Field, Transform } from "../../inputs/schema/collection";
import type { FieldValue } from "../../inputs/schema/field";
import type { ObservedField } from "../../observe/state";
import type { Conversion } from "./column/conversion";

/** Where the values of a target's column come from. */
export type ColumnSource =
    /**
     * A column of the source, its bytes untouched; `from` differs from the target's name in a rename. `nulls` is what
     * a NULL becomes in a field that is no longer nullable; without it such a NULL fails the copy.
     */
    | { kind: "carry"; from: ObservedField; nulls?: FieldValue }
    /**
     * A column of the source whose values become those of another type. One that is lossy rounds: a plan that does so
     * without leave has an error among its findings. `nulls` is what a NULL becomes, JSON's null among them.
     */
    | { kind: "convert"; from: ObservedField; conversion: Conversion; nulls?: FieldValue }
    /**
     * A value inside of the source's JSON: `from` is a field or `$meta`, `path` the keys from the outside in. `missing`
     * is for a row without the key, or with JSON's null under it; without it such a row gets NULL. A key of `$meta`
     * itself goes from there: milvus-lite 3 would write it over the field of that name (measured).
     */
    | { kind: "extract"; from: string; path: string[]; missing?: FieldValue }
    /** Made from the whole row by the program's transform. */
    | { kind: "transform" }
    /** The same value in every row. */
    | { kind: "constant"; value: FieldValue }
    /** NULL in every row. */
    | { kind: "null" }
    /** Not sent: the server makes it (a function's output, a regenerated key). */
    | { kind: "omit" };

export interface ColumnMapping {
    to: Field;
    source: ColumnSource;
}

/** How a row of the source becomes a row of the target. */
export interface RowMapping {
    columns: ColumnMapping[];
    /** Names of the source's fields that no column takes. */
    dropped: string[];
    /**
     * Fields of the source whose values become keys of the target's dynamic field, which is `carry` or `empty` then. A
     * NULL becomes no key; a row that has the key already stops the copy. None unless given.
     */
    movedToDynamicField?: ObservedField[];
    /** Keys of the dynamic field that go, by leave of the program. None unless given. */
    droppedDynamicKeys?: string[];
    /** Every row passes through this module of the program, which makes these fields. None unless given. */
    transform?: Transform & { fields: string[] };
    /**
     * Where the target has rows of its own (a rollback): what no row of the source says anything of. A row whose key the
     * target has keeps its values there, a new one gets the fill; neither is compared. `columns` has all others then.
     * None unless given.
     */
    targetOnly?: { columns: ColumnMapping[]; dynamic: boolean };
    /** The dynamic field `$meta`: its bytes carried, given up, `{}` for each row, or on neither side. */
    dynamic: "carry" | "drop" | "empty" | "none";
    /** The primary keys: name in the source and in the target, their type, and whether the target makes new ones. */
    key: { from: string; to: string; dataType: "Int64" | "VarChar"; regenerate: boolean };
}

/** Where the rows of each partition go. */
export type PartitionMapping =
    /** Each partition is read by its name and written under the same name; `dropped` ones are not read. */
    | { kind: "by-name"; carried: string[]; dropped: string[] }
    /** Read and written without a name: the target's partition key routes, or all rows go to `_default`. */
    | { kind: "together" };
