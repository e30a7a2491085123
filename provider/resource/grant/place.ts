import type { Grant } from "../../inputs/schema/grant";
import { grantsOfRole, type GrantPlace, type RoleGrant } from "../../milvus/access/roleGrants";
import type { MilvusClient } from "../../milvus/transport/client";
import type { Props } from "../session/props";

/** All of what a grant may name: collections of a database, or databases. */
export const any = "*";

/** Where a grant gives its privileges. Without a collection: on all of the database. */
export function placeOf(
    client: MilvusClient,
    { role, database, collection }: Pick<Grant, "role" | "database" | "collection">,
): GrantPlace {
    return { role, database: database ?? client.database, collection: collection ?? any };
}

/** Privileges and groups alike, each once. */
export const declaredIn = ({ privileges, privilegeGroups }: Grant): string[] => [
    ...new Set([...privileges, ...privilegeGroups]),
];

/** What the role has at a place, as the server has recorded it. */
export async function grantsAt(client: MilvusClient, place: GrantPlace): Promise<RoleGrant[]> {
    const all = await grantsOfRole(client, place.role, place.database);
    return all.filter((one) => one.collection === place.collection);
}

/** The same, each once: `*` may be on the collections and on the database. */
export async function privilegesAt(client: MilvusClient, place: GrantPlace): Promise<string[]> {
    return [...new Set((await grantsAt(client, place)).map(({ privilege }) => privilege))];
}

/**
 * What a Grant has given itself, which is all that it takes away: the hidden output `__given`. One that was imported manages
 * all that it declares.
 */
export const givenBy = (props: Props, spec: Grant): string[] =>
    (props.__given as string[] | undefined) ?? declaredIn(spec);

/** A place where a Grant could not take its privileges away yet. */
export interface Left {
    place: GrantPlace;
    privileges: string[];
}

export const leftBy = (props: Props): Left[] => (props.__left as Left[] | undefined) ?? [];

export const textOf = ({ database, collection }: GrantPlace): string => {
    if (database === any) return "the whole server";
    return collection === any ? `all collections of ${database}` : `${database}/${collection}`;
};
