import type { z } from "zod";

import type { RoleArguments, UserArguments } from "./access";
import type { AliasArguments } from "./alias";
import type { CollectionArguments } from "./collection";
import type { ConnectionArguments } from "./connection";
import type { DatabaseArguments } from "./database";
import type { Field, StructField } from "./field";
import type { GrantArguments } from "./grant";
import type { Lookup } from "./lookup";
import type { PartitionArguments } from "./partition";
import type { ResourceGroupArguments } from "./resourceGroup";
import type { PrivilegeGroupArguments } from "./privilegeGroup";
import type { Path } from "../report/path";

/**
 * Arguments as the rules see them: every value has the right kind, and open values (unknown, or already reported as an
 * error) are omitted, as if the program had not set them. A rule that must distinguish the two names the path in `needs`.
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
export type DatabaseDraft = Partial<Omit<DatabaseArguments, "connection">> & { connection?: ConnectionDraft };
export type PartitionDraft = Partial<Omit<PartitionArguments, "connection">> & {
    connection?: ConnectionDraft;
};
export type ResourceGroupDraft = Partial<Omit<ResourceGroupArguments, "connection">> & {
    connection?: ConnectionDraft;
};
export type GrantDraft = Partial<Omit<GrantArguments, "privileges" | "privilegeGroups" | "connection">> & {
    privileges?: (string | undefined)[];
    privilegeGroups?: (string | undefined)[];
    connection?: ConnectionDraft;
};
export type PrivilegeGroupDraft = Partial<Omit<PrivilegeGroupArguments, "privileges" | "connection">> & {
    privileges?: (string | undefined)[];
    connection?: ConnectionDraft;
};
export type RoleDraft = Partial<Omit<RoleArguments, "connection">> & { connection?: ConnectionDraft };
export type UserDraft = Partial<Omit<UserArguments, "connection">> & { connection?: ConnectionDraft };
export type LookupDraft = Partial<Omit<Lookup, "connection">> & { connection?: ConnectionDraft };

/** A value and its path. */
export interface Placed<T> {
    value: T;
    at: Path;
}

/** The objects of a list with their paths. An open object counts as empty, so that the others keep their index. */
export function placed<T extends object>(
    list: (T | undefined)[] | undefined,
    at: Path,
): Placed<Partial<T>>[] {
    return (list ?? []).map((value, index) => ({ value: value ?? {}, at: [...at, index] }));
}

/** The paths of one argument in every object of a list: the `needs` of a rule about the whole list. */
export function each(list: Placed<unknown>[], at: Path, argument: string): Path[] {
    // The first path is in the list but in none of its objects, so it is open exactly when the list as a whole is.
    return [[...at, "every"], ...list.map((object) => [...object.at, argument])];
}
