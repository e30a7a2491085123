import { parsePrivilegeGroup } from "../../inputs/parse";
import type { PrivilegeGroup } from "../../inputs/schema/privilegeGroup";
import { RunError } from "../../migration/errors";
import {
    createPrivilegeGroup,
    dropPrivilegeGroup,
    listPrivilegeGroups,
    operatePrivilegeGroup,
} from "../../milvus/access/privilegeGroups";
import { grantsOfRole } from "../../milvus/access/roleGrants";
import { listRoles } from "../../milvus/access/roles";
import type { MilvusClient } from "../../milvus/transport/client";
import type { Server } from "../context/context";
import { nameOfId, type ObjectKind } from "../object";

/** A group of privileges: they are added and removed in place, and it is dropped once no role has it. */
export const privilegeGroupKind: ObjectKind<PrivilegeGroup> = {
    type: "PrivilegeGroup",
    isNamed: true,
    identity: ["name"],
    guides: ["adopt"],
    parse: parsePrivilegeGroup,
    title: ({ name }) => `privilege group ${name}`,
    id: ({ name }) => name,
    argumentsOf: (id) => ({ ...nameOfId("PrivilegeGroup", "ingest")(id), privileges: [] }),
    requireSupported,
    observe: async ({ client }, { name, privileges }) => {
        const there = (await listPrivilegeGroups(client))?.get(name);
        return there && { privileges: inOrderOf(privileges, there) };
    },
    create: async ({ at: { client }, spec: { name, privileges } }) => {
        await createPrivilegeGroup(client, name);
        try {
            await operatePrivilegeGroup(client, name, "AddPrivilegesToGroup", privileges);
        } catch (error) {
            // An empty group would be in the way of the next run.
            await dropPrivilegeGroup(client, name).catch(() => undefined);
            throw error;
        }
        return {};
    },
    update: async ({ at, spec: { name, privileges } }) => {
        const { client } = at;
        const there = (await listPrivilegeGroups(client))?.get(name) ?? [];
        const added = privileges.filter((one) => !there.includes(one));
        const removed = there.filter((one) => !privileges.includes(one));
        // Added first: nobody is refused meanwhile what stays.
        await operatePrivilegeGroup(client, name, "AddPrivilegesToGroup", added);
        await operatePrivilegeGroup(client, name, "RemovePrivilegesFromGroup", removed);
        return {};
    },
    remove: async ({ at: { client }, spec: { name } }) => {
        if (!(await listPrivilegeGroups(client))?.has(name)) return;
        const holders = await holdersOf(client, name);
        if (holders.length > 0)
            throw new RunError(
                "MV420",
                `privilege group ${name}: not dropped, it is granted to ${holders.join(", ")}. Remove it from these grants first`,
            );
        await dropPrivilegeGroup(client, name);
    },
    importArguments: async ({ client }, { name }) => {
        const privileges = (await listPrivilegeGroups(client))?.get(name);
        return privileges && { privileges };
    },
};

/** Errors: `MV401` for a server without groups of privileges. */
async function requireSupported({ client, capabilities }: Server, { name }: PrivilegeGroup): Promise<void> {
    if ((await listPrivilegeGroups(client)) !== undefined) return;
    throw new RunError(
        "MV401",
        `privilege group ${name}: ${capabilities.server} has no groups of privileges, which came with Milvus 2.5. List the privileges in each Grant, or update the server`,
    );
}

/** The server tells a group in its own order; what it has beyond comes last. */
function inOrderOf(declared: readonly string[], there: readonly string[]): string[] {
    return [
        ...declared.filter((one) => there.includes(one)),
        ...there.filter((one) => !declared.includes(one)),
    ];
}

async function holdersOf(client: MilvusClient, group: string): Promise<string[]> {
    const holders: string[] = [];
    for (const role of (await listRoles(client)) ?? [])
        for (const one of await grantsOfRole(client, role, "*"))
            if (one.privilege === group) holders.push(`${role} on ${one.database}/${one.collection}`);
    return holders;
}
