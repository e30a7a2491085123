import type { Call } from "../call";
import { demand } from "../refusal";

interface Group {
    group_name: string;
    privileges: { name: string }[];
    type: string;
}

/** Source: MetaTable.CheckIfPrivilegeGroupCreatable in rootcoord/meta_table.go. */
export function createPrivilegeGroup({ group_name: name }: Group, { catalog }: Call): object {
    demand(!catalog.privilegeGroups.has(name), "invalid", `privilege group [${name}] already exists`);
    catalog.privilegeGroups.set(name, new Set());
    return {};
}

export function listPrivilegeGroups(_: object, { catalog }: Call): object {
    return {
        privilege_groups: [...catalog.privilegeGroups].map(([group_name, privileges]) => ({
            group_name,
            privileges: [...privileges].map((name) => ({ name })),
        })),
    };
}

/** Source: MetaTable.CheckIfPrivilegeGroupAlterable in rootcoord/meta_table.go. */
export function operatePrivilegeGroup(
    { group_name: name, privileges, type }: Group,
    { catalog }: Call,
): object {
    const group = catalog.privilegeGroups.get(name);
    demand(group !== undefined, "invalid", `there is no privilege group name [${name}] to operate`);
    for (const one of privileges)
        if (type === "RemovePrivilegesFromGroup") group.delete(one.name);
        else group.add(one.name);
    return {};
}

/** Source: MetaTable.CheckIfPrivilegeGroupDropable in rootcoord/meta_table.go. */
export function dropPrivilegeGroup({ group_name: name }: Group, { catalog }: Call): object {
    const holder = catalog.grants.find(({ privilege }) => privilege === name)?.role;
    demand(
        holder === undefined,
        "invalid",
        `privilege group [${name}] is used by role [${holder}], Use REVOKE API to revoke it first`,
    );
    catalog.privilegeGroups.delete(name);
    return {};
}
