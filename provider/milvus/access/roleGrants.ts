import { absent, type CollectionRef } from "../collection/collections";
import type { MilvusClient } from "../transport/client";
import { listRoles } from "./roles";

/** What a role may do where. `collection: "*"`: on all of the database; `database: "*"`: on the whole server. */
export interface GrantPlace {
    role: string;
    database: string;
    collection: string;
}

/** A privilege, or a group of privileges, of a role, as the server has recorded it. */
export interface RoleGrant extends GrantPlace {
    /** A privilege, a built-in group (`CollectionReadOnly`), or a group of the user. */
    privilege: string;
    /** `Collection`, `Global` or `User`. Since PR 41204 a group is `Global`, whatever it is granted on. */
    object: string;
    /** Who granted it; the server requires a name. */
    grantor: string;
}

/** A grant without its place: a migration gives it at another one. */
export type Grant = Omit<RoleGrant, "database" | "collection">;

/**
 * Everything that a role may do in these databases. Before 2.4 a call lists one database alone, and none under `*`; newer
 * servers list all under `*`, and under a database also what is granted in `*` (seen on 2.3.5; `Catalog.ListGrant` in
 * metastore/kv/rootcoord/kv_catalog.go). To have all on every server, ask for each database and `*`.
 */
export async function grantsOfRole(
    client: MilvusClient,
    role: string,
    ...databases: readonly string[]
): Promise<RoleGrant[]> {
    const found = new Map<string, RoleGrant>();
    for (const database of databases) {
        // Without an object the server lists those of every kind.
        const entity = { role: { name: role }, db_name: database };
        const answer = await client
            .call("SelectGrant", { entity }, { about: role })
            // A role without any privilege is not found by some servers.
            .catch((error: unknown) => absent(error));
        for (const entity of (answer?.entities ?? []) as Entity[]) {
            const one = grantOf(role, entity);
            if (database === "*" || one.database === database) found.set(JSON.stringify(one), one);
        }
    }
    return [...found.values()];
}

/** Everything that any role may do in a database: a call for the roles, and one for each. Empty on a server without roles. */
export async function grantsIn(client: MilvusClient, database: string): Promise<RoleGrant[]> {
    const all: RoleGrant[] = [];
    for (const role of (await listRoles(client)) ?? [])
        all.push(...(await grantsOfRole(client, role, database)));
    return all;
}

/** What roles may do on this collection (or alias), by its name, without what they may do on all. */
export async function grantsOn(client: MilvusClient, { database, name }: CollectionRef): Promise<Grant[]> {
    const all = await grantsIn(client, database ?? client.database);
    return (
        all
            // A user may have the name of a collection.
            .filter((one) => one.collection === name && one.object !== "User")
            .map(({ role, privilege, grantor, object }) => ({ role, privilege, grantor, object }))
    );
}

function grantOf(role: string, { object, object_name, db_name, grantor }: Entity): RoleGrant {
    return {
        role,
        database: db_name || "default",
        collection: object_name,
        privilege: grantor.privilege.name,
        object: object?.name ?? "Collection",
        grantor: grantor.user?.name ?? "",
    };
}

interface Named {
    name: string;
}

interface Entity {
    object?: Named | null;
    object_name: string;
    db_name?: string;
    grantor: { user?: Named | null; privilege: Named };
}
