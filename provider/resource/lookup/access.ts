import type { NamedLookup, ServerLookup } from "../../inputs/schema/lookup";
import { groupsAmong, listPrivilegeGroups } from "../../milvus/access/privilegeGroups";
import { builtInGroups } from "../../milvus/access/privileges";
import { grantsOfRole, type RoleGrant } from "../../milvus/access/roleGrants";
import { listRoles, roleUsers } from "../../milvus/access/roles";
import { listUsers, userRoles } from "../../milvus/access/users";
import { listDatabases } from "../../milvus/cluster/databases";
import type { MilvusClient } from "../../milvus/transport/client";
import { type Context, server } from "../context/context";
import type { NamesResult, RolePlace, RoleResult, UserResult } from "./accessResults";
import { asked, missing } from "./lookup";

export async function getRole(context: Context, args: NamedLookup): Promise<RoleResult> {
    const { name } = args;
    const at = await server(context, args);
    const { client } = at;
    const { users } = await asked("getRole", "roles", at, async () => ({
        users: await roleUsers(client, name),
    }));
    if (!users) throw missing("getRole", `role ${name}`, client);
    return { name, users: users.sort(), grants: await placesOfRole(client, name) };
}

/** What a role may do in all databases, whoever granted it, by place: what one Grant declares. */
export async function placesOfRole(client: MilvusClient, name: string): Promise<RolePlace[]> {
    const databases = (await listDatabases(client)) ?? ["default"];
    const grants = await grantsOfRole(client, name, ...databases, "*");
    const groups = await groupsAmong(
        client,
        grants.map(({ privilege }) => privilege),
    );
    return placesOf(grants, groups);
}

export async function getRoles(context: Context, args: ServerLookup): Promise<NamesResult> {
    const at = await server(context, args);
    const names = await asked("getRoles", "roles", at, () => listRoles(at.client));
    return { names: [...names].sort() };
}

export async function getUser(context: Context, args: NamedLookup): Promise<UserResult> {
    const { name } = args;
    const at = await server(context, args);
    // Not by the list of all: a user without further rights may look itself up.
    const { roles } = await asked("getUser", "users", at, async () => ({
        roles: await userRoles(at.client, name),
    }));
    if (!roles) throw missing("getUser", `user ${name}`, at.client);
    return { name, roles: roles.sort() };
}

export async function getUsers(context: Context, args: ServerLookup): Promise<NamesResult> {
    const at = await server(context, args);
    const names = await asked("getUsers", "users", at, () => listUsers(at.client));
    return { names: [...names].sort() };
}

/** Newer servers list the built-in groups as well: no PrivilegeGroup declares one. */
export async function getPrivilegeGroups(context: Context, args: ServerLookup): Promise<NamesResult> {
    const at = await server(context, args);
    const groups = await asked("getPrivilegeGroups", "groups of privileges", at, () =>
        listPrivilegeGroups(at.client),
    );
    return { names: [...groups.keys()].filter((name) => !builtInGroups.has(name)).sort() };
}

function placesOf(grants: readonly RoleGrant[], groups: ReadonlySet<string>): RolePlace[] {
    const places = new Map<string, RolePlace>();
    const inOrder = grants.map((one) => ({ ...one, key: `${one.database}/${one.collection}` }));
    inOrder.sort((a, b) => (a.key + a.privilege < b.key + b.privilege ? -1 : 1));
    for (const { key, database, collection, privilege } of inOrder) {
        const place = places.get(key) ?? { database, collection, privileges: [], privilegeGroups: [] };
        places.set(key, place);
        const list = groups.has(privilege) ? place.privilegeGroups : place.privileges;
        if (!list.includes(privilege)) list.push(privilege);
    }
    return [...places.values()];
}
