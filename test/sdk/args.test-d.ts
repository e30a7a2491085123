import type { Unwrap } from "@pulumi/pulumi";

import type { AliasArguments } from "../../provider/inputs/schema/alias";
import type { CollectionArguments } from "../../provider/inputs/schema/collection";
import { output } from "@pulumi/pulumi";

import type { AliasArgs, CollectionArgs, FunctionArgs, IndexArgs, IndexType } from "../../sdk/args";

/**
 * The compiler checks this file: the argument types in sdk/args.ts, which are written by hand for their docstrings and
 * Inputs, must equal the input types of the schemas (provider/inputs).
 */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * A type as lines, such as `fields[].dim?: number`. The compiler compares texts completely, but treats deeply nested types
 * as equal. A type that lacks an optional argument has other lines than one that has it.
 */
type Lines<T, At extends string> = [Json] extends [T] ? `${At}: json` : LinesOf<WithoutKnown<T>, At>;

/** A union with an open end takes every string, as the schema does: its known names are for editors. */
type WithoutKnown<T> = string extends T ? string | Exclude<T, string> : T;

type LinesOf<T, At extends string> = T extends string
    ? `${At}: ${string extends T ? "string" : `"${T}"`}`
    : T extends number
      ? `${At}: number`
      : T extends boolean
        ? `${At}: boolean`
        : T extends readonly (infer Element)[]
          ? Lines<Element, `${At}[]`>
          : T extends object
            ? { [Name in keyof T & string]-?: Lines<Known<T[Name]>, Place<T, Name, At>> }[keyof T & string]
            : never;

type Known<T> = Exclude<T, undefined>;
type Place<T, Name extends keyof T & string, At extends string> =
    Pick<T, Name> extends Required<Pick<T, Name>> ? `${At}.${Name}` : `${At}.${Name}?`;

/** The lines that only one of the two has. */
type Drift<A extends string, B extends string> = Exclude<A, B> | Exclude<B, A>;

/** An error here shows the lines: "Type '"args.load?: boolean"' does not satisfy the constraint 'never'". */
type Nothing<Drifted extends never> = Drifted;

export type CollectionDrift = Nothing<
    Drift<Lines<Unwrap<CollectionArgs>, "args">, Lines<CollectionArguments, "args">>
>;

/** The provider fills in the logical name before the schema checks the alias, so `name` is optional in a program. */
type AliasWithDefault = Omit<AliasArguments, "name"> & Partial<Pick<AliasArguments, "name">>;
export type AliasDrift = Nothing<Drift<Lines<Unwrap<AliasArgs>, "args">, Lines<AliasWithDefault, "args">>>;

/** A name that a newer server has compiles, as a text of the program and as an output; a misspelt type of data does not. */
const newer: string = "FLAT_OF_MILVUS_4";
export const open: [IndexArgs, IndexArgs, IndexType, FunctionArgs] = [
    { field: "vector", indexType: newer, metricType: newer },
    { field: "vector", indexType: output(newer), metricType: output("COSINE") },
    "HNSW",
    { name: "new", type: "OfMilvus4", inputFieldNames: ["text"], outputFieldNames: ["vector"] },
];
// @ts-expect-error -- there is no such type of data
export const closed: CollectionArgs = { fields: [{ name: "id", dataType: "Int46" }] };
