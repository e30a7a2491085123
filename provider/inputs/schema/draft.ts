import type { z } from "zod";

import type { AliasArguments } from "./alias";
import type { CollectionArguments } from "./collection";
import type { ConnectionArguments } from "./connection";
import type { Field, StructField } from "./field";
import type { Path } from "../report/path";

/**
 * Arguments as the rules see them: every value is of its kind, and what is open (unknown, or a mistake already told)
 * is left out as if it had not been written. A rule that must tell the two apart names the place in its `needs`.
 */
export type StructFieldDraft = Partial<z.input<typeof StructField>>;
export type FieldDraft = Partial<Omit<z.input<typeof Field>, "fields">> & {
    fields?: (StructFieldDraft | undefined)[];
};
type IndexDraft = Partial<NonNullable<CollectionArguments["indexes"]>[number]>;
export type FunctionDraft = Partial<
    Omit<NonNullable<CollectionArguments["functions"]>[number], "inputFieldNames" | "outputFieldNames">
> & {
    inputFieldNames?: (string | undefined)[];
    outputFieldNames?: (string | undefined)[];
};
export type ConnectionDraft = Partial<ConnectionArguments>;

export type CollectionDraft = Partial<
    Omit<CollectionArguments, "fields" | "indexes" | "functions" | "partitions" | "connection">
> & {
    fields?: (FieldDraft | undefined)[];
    indexes?: (IndexDraft | undefined)[];
    functions?: (FunctionDraft | undefined)[];
    partitions?: (string | undefined)[];
    connection?: ConnectionDraft;
};
export type AliasDraft = Partial<Omit<AliasArguments, "connection">> & { connection?: ConnectionDraft };

/** A value and where it stands. */
export interface Placed<T> {
    value: T;
    at: Path;
}

/** The objects of a list with their places; one that is open counts as empty, so that the others keep theirs. */
export function placed<T extends object>(
    list: (T | undefined)[] | undefined,
    at: Path,
): Placed<Partial<T>>[] {
    return (list ?? []).map((value, index) => ({ value: value ?? {}, at: [...at, index] }));
}

/** The places of one argument in every object of a list: what a judgement about the whole list rests on. */
export function each(list: Placed<unknown>[], at: Path, argument: string): Path[] {
    // The first lies in the list and in none of its objects: it is open when the list as a whole is.
    return [[...at, "every"], ...list.map((object) => [...object.at, argument])];
}
