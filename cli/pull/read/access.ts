import { builtInGroups } from "../../../provider/milvus/access/privileges";
import { listPrivilegeGroups } from "../../../provider/milvus/access/privilegeGroups";
import { builtInRoles, listRoles } from "../../../provider/milvus/access/roles";
import { listUsers } from "../../../provider/milvus/access/users";
import type { Server } from "../../../provider/resource/context/context";
import { placesOfRole, type RolePlace } from "../../../provider/resource/lookup";
import { privilegeGroupKind } from "../../../provider/resource/privilegeGroup";
import { roleKind } from "../../../provider/resource/role";
import { rootUser, userKind } from "../../../provider/resource/user";
import type { Collected } from "./collected";
import { allowed, readObjects } from "./objects";

/**
 * What every role has on a new server by `public`. Source: `initPublicRolePrivilege` in rootcoord/root_coord.go of
 * milvus-io/milvus (2.3 to 2.6).
 */
const ofPublic = new Set(["DescribeCollection", "ShowCollections", "ListAliases", "IndexDetail"]);

/** Adds roles and what they may do, groups of privileges, and users: not those that every server has. */
export async function readAccess(at: Server, collected: Collected): Promise<void> {
    const { client } = at;
    const groups = await allowed("privilege groups", collected, async () => [
        ...((await listPrivilegeGroups(client))?.keys() ?? []),
    ]);
    await readObjects(privilegeGroupKind, "PrivilegeGroup", at, without(groups, builtInGroups), collected);
    const roles = await allowed("roles", collected, () => listRoles(client));
    await readObjects(roleKind, "Role", at, without(roles, builtInRoles), collected);
    for (const role of without(roles, new Set(["admin"])).sort()) await readGrants(at, role, collected);
    const users = await allowed("users", collected, () => listUsers(client));
    await readObjects(userKind, "User", at, without(users, new Set([rootUser])), collected);
}

async function readGrants({ client }: Server, role: string, collected: Collected): Promise<void> {
    const places = await allowed(`grants of ${role}`, collected, () => placesOfRole(client, role));
    for (const { database, collection, privileges, privilegeGroups } of (places ?? []).map(chosen(role))) {
        if (privileges.length + privilegeGroups.length === 0) continue;
        collected.add({
            ...{ type: "Grant", database, name: "", notes: [] },
            inputs: {
                role,
                database,
                collection,
                privileges,
                ...(privilegeGroups.length > 0 && { privilegeGroups }),
            },
        });
    }
}

/** What somebody has granted there, and not the server itself. */
const chosen = (role: string) => (place: RolePlace) => ({
    ...place,
    privileges: place.privileges.filter(
        (one) => !(role === "public" && place.database === "*" && ofPublic.has(one)),
    ),
});

const without = (names: readonly string[] | undefined, builtIn: ReadonlySet<string>): string[] =>
    (names ?? []).filter((name) => !builtIn.has(name));
