import type { Call } from "../call";
import type { Grant } from "../catalog";
import { demand } from "../refusal";

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

export function createRole({ entity }: { entity: Named }, { catalog }: Call): object {
    catalog.roles.add(entity.name);
    return {};
}

export function selectRole(_: object, { catalog }: Call): object {
    return { results: [...catalog.roles].map((name) => ({ role: { name } })) };
}

/** Without an object all grants of the role in the database. Source: MetaTable.SelectGrant in rootcoord/meta_table.go. */
export function selectGrant({ entity }: { entity: Entity }, { catalog, database }: Call): object {
    const role = entity.role?.name ?? "";
    demand(
        catalog.roles.has(role),
        "unexpected",
        `not found the role, maybe the role isn't existed: ${role}`,
    );
    const found = catalog.grants.filter(
        (one) =>
            one.role === role &&
            one.database === (entity.db_name || database) &&
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

/** Refuses what is no single privilege. Source: validateGrantPrivilege in internal/proxy/impl.go. */
export function operatePrivilege(
    { entity, type }: { entity: Entity; type: string },
    { catalog, database }: Call,
): object {
    const privilege = entity.grantor?.privilege?.name ?? "";
    demand(privileges.has(privilege), "invalid", `not found the privilege name: ${privilege}`);
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

/** Takes groups as well, and records every grant as Global. Source: milvus PR 41204. */
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
        object: "Global",
        name: request.collection_name,
        privilege: request.grantor.privilege.name,
        grantor: request.grantor.user?.name ?? "",
    });
    return {};
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
