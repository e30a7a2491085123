import type { Unwrap } from "@pulumi/pulumi";

import type { AliasArguments } from "../../provider/spec/alias";
import type { CollectionArguments } from "../../provider/spec/collection";
import type { AliasArgs, CollectionArgs } from "../../sdk/args";

/**
 * The compiler checks this file: what a program may write (sdk/args.ts, by hand, for its docstrings and Inputs) is what
 * the schemas take (provider/spec).
 */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A type as data, so that one that lacks an optional argument is not equal to one that has it. */
type Told<T> = [Json] extends [T]
    ? "json"
    : T extends readonly (infer Element)[]
      ? { list: Told<Element> }
      : T extends object
        ? {
              [Name in keyof T]-?: [
                  Pick<T, Name> extends Required<Pick<T, Name>> ? "required" : "optional",
                  Told<Exclude<T[Name], undefined>>,
              ];
          }
        : T;

/** The names of the arguments that one has and the other has not, or that differ in what they take. */
type Drift<Program, Schema> = {
    [Name in keyof Program | keyof Schema]-?: Same<
        Told<Pick<Program, Name & keyof Program>>,
        Told<Pick<Schema, Name & keyof Schema>>
    > extends true
        ? never
        : Name;
}[keyof Program | keyof Schema];

type Same<A, B> = [A, B] extends [B, A] ? true : false;

/** An error here names what has drifted apart: "Type '"indexes"' does not satisfy the constraint 'never'". */
type Nothing<Names extends never> = Names;

export type CollectionDrift = Nothing<Drift<Unwrap<CollectionArgs>, CollectionArguments>>;

/** Without a name the alias is called as its resource is, which the schema is told. */
type AliasWithDefault = Omit<AliasArguments, "name"> & Partial<Pick<AliasArguments, "name">>;
export type AliasDrift = Nothing<Drift<Unwrap<AliasArgs>, AliasWithDefault>>;
