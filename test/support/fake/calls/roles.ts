import type { Call } from "../call";
import type { Grant } from "../catalog";
import { demand, refuse } from "../refusal";

interface Named {
    name: string;
}

interface Entity {
    role: Named | null;
    object: Named | null;
    object_name: string;
    db_name: string;
    grantor: { user: Named | null; privilege: Named | null } | null;
}

/** Privileges on a collection that OperatePrivilege knows. Source: milvus docs v2.4, "Users and Roles". */
const privileges = new Set(["Search", "Query", "Insert", "Delete", "Upsert", "Load", "Release", "Flush"]);

/** Privileges on a user, whose name may be that of a collection. Source: `ObjectPrivileges` in pkg/util/constant.go. */
const onUsers = new Set(["UpdateUser", "SelectUser"]);

/** Roles that no call drops. Source: `util.IsBuiltinRole` in pkg/util/constant.go. */
const builtIn = new Set(["admin", "public"]);

export function createRole({ entity }: { entity: Named }, { catalog }: Call): object {
    const { name } = entity;
    demand(
        /^[A-Za-z_][A-Za-z0-9_$]*$/.test(name),
        "invalid",
        "role name can only contain numbers, letters, dollars and underscores",
    );
    demand(!catalog.roles.has(name), "unexpected", `role [name:"${name}"] already exists`);
    catalog.roles.add(name);
    return {};
}

/**
 * A role with privileges is dropped by force alone, which 2.3 does not know: it reads over the field. Before 2.6 it
 * looks at privileges in the default database alone. Users of the role lose it. Source: seen on 2.3.5; MetaTable.CheckIfDropRole in
 * rootcoord/meta_table.go, and Core.DropRole in rootcoord/root_coord.go.
 */
export function dropRole(
    { role_name: name, force_drop: isForced }: { role_name: string; force_drop: boolean },
    { catalog, version }: Call,
): object {
    if (builtIn.has(name))
        refuse(
            "notPermitted",
            `the role[${name}] is a default role, which can't be dropped: privilege not permitted`,
        );
    demand(catalog.roles.has(name), "unexpected", notFoundRole);
    const [hasForce, seesAll] = [version.since(2, 4, 0), version.since(2, 6, 0)];
    const counts = catalog.grants.filter(
        ({ role, database }) => role === name && (seesAll || database === "default"),
    );
    demand(
        counts.length === 0 || (hasForce && isForced),
        "unexpected",
        "fail to drop the role that it has privileges. Use REVOKE API to revoke privileges",
    );
    // DropGrant of a forced drop; the others stay, and the next role of that name has them.
    if (hasForce && isForced) catalog.grants = catalog.grants.filter(({ role }) => role !== name);
    catalog.roles.delete(name);
    for (const roles of catalog.userRoles.values()) roles.delete(name);
    return {};
}

export function selectRole(
    { role, include_user_info: withUsers }: { role: Named | null; include_user_info: boolean },
    { catalog }: Call,
): object {
    const names = [...catalog.roles].filter((name) => !role || role.name === name);
    const usersOf = (name: string) =>
        [...catalog.userRoles].filter(([, roles]) => roles.has(name)).map(([user]) => ({ name: user }));
    return {
        results: names.map((name) => ({ role: { name }, users: withUsers ? usersOf(name) : [] })),
    };
}

export const notFoundRole = "not found the role, maybe the role isn't existed or internal system error";

/** Without an object all grants of the role in the database. Under `*`
 * all databases on newer servers, and none on 2.3.5 (seen there). Source: MetaTable.SelectGrant in rootcoord/meta_table.go. */
export function selectGrant({ entity }: { entity: Entity }, { catalog, database, version }: Call): object {
    const role = entity.role?.name ?? "";
    demand(
        catalog.roles.has(role),
        "unexpected",
        `not found the role, maybe the role isn't existed: ${role}`,
    );
    const found = catalog.grants.filter(
        (one) =>
            one.role === role &&
            // ListGrant in metastore/kv/rootcoord lists all databases for "*"; 2.3.5 finds none then (measured).
            (entity.db_name === "*"
                ? version.since(2, 4, 0)
                : one.database === (entity.db_name || database)) &&
            (!entity.object || (one.object === entity.object.name && one.name === entity.object_name)),
    );
    return {
        entities: found.map((one) => ({
            role: { name: role },
            object: { name: one.object },
            object_name: one.name,
            db_name: one.database,
            grantor: { user: { name: one.grantor }, privilege: { name: one.privilege } },
        })),
    };
}

/** Refuses what is no single privilege, or all of them. Source: validateGrantPrivilege in internal/proxy/impl.go; util.IsAnyWord. */
export function operatePrivilege(
    { entity, type }: { entity: Entity; type: string },
    { catalog, database }: Call,
): object {
    const privilege = entity.grantor?.privilege?.name ?? "";
    demand(
        privileges.has(privilege) || onUsers.has(privilege) || privilege === "*",
        "invalid",
        `not found the privilege name: ${privilege}`,
    );
    operate(catalog, type, {
        role: entity.role?.name ?? "",
        database: entity.db_name || database,
        object: entity.object?.name ?? "",
        name: entity.object_name,
        privilege,
        grantor: entity.grantor?.user?.name ?? "",
    });
    return {};
}

/**
 * Takes groups as well, and records them as Global, and a privilege by the type of its object. Source: milvus PR 41204;
 * broadcastOperatePrivilege in rootcoord/ddl_callbacks_rbac_privilege.go.
 */
export function operatePrivilegeV2(
    request: {
        role: Named;
        grantor: { user: Named | null; privilege: Named };
        type: string;
        db_name: string;
        collection_name: string;
    },
    { catalog, database }: Call,
): object {
    operate(catalog, request.type, {
        role: request.role.name,
        database: request.db_name || database,
        object: objectOf(request.grantor.privilege.name),
        name: request.collection_name,
        privilege: request.grantor.privilege.name,
        grantor: request.grantor.user?.name ?? "",
    });
    return {};
}

function objectOf(privilege: string): string {
    if (onUsers.has(privilege)) return "User";
    return privileges.has(privilege) ? "Collection" : "Global";
}

function operate(catalog: Call["catalog"], type: string, grant: Grant): void {
    const isSame = (one: Grant) =>
        one.role === grant.role &&
        one.database === grant.database &&
        one.object === grant.object &&
        one.name === grant.name &&
        one.privilege === grant.privilege;
    catalog.grants = catalog.grants.filter((one) => !isSame(one));
    if (type === "Grant") catalog.grants.push(grant);
}
