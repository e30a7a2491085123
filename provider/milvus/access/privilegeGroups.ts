import type { MilvusClient } from "../transport/client";
import { isMilvusError } from "../transport/errors";
import { builtInGroups } from "./privileges";

/**
 * The groups of privileges that users have made, each with its privileges; undefined where the server has none. Source:
 * milvus docs, "Create Privilege Group" (2.5).
 */
export async function listPrivilegeGroups(client: MilvusClient): Promise<Map<string, string[]> | undefined> {
    const answer = await client.call("ListPrivilegeGroups", {}).catch((error: unknown) => {
        if (isMilvusError(error, "unsupported")) return undefined;
        throw error;
    });
    if (!answer) return undefined;
    const groups = (answer.privilege_groups ?? []) as {
        group_name: string;
        privileges: { name: string }[];
    }[];
    return new Map(groups.map((one) => [one.group_name, one.privileges.map(({ name }) => name)]));
}

/** Which of these are groups, of the server or of users. */
export async function groupsAmong(
    client: MilvusClient,
    privileges: readonly string[],
): Promise<ReadonlySet<string>> {
    if (privileges.length === 0) return new Set();
    const groups = await listPrivilegeGroups(client);
    return new Set(privileges.filter((one) => builtInGroups.has(one) || groups?.has(one) === true));
}

/** Makes an empty group. Errors: `exists`, or `invalid` for the name of a privilege. */
export async function createPrivilegeGroup(client: MilvusClient, name: string): Promise<void> {
    await client.call("CreatePrivilegeGroup", { group_name: name }, { about: name });
}

/** Errors: `rejected` or `invalid` for privileges of another level than those in it (cluster, database, collection). */
export async function operatePrivilegeGroup(
    client: MilvusClient,
    name: string,
    type: "AddPrivilegesToGroup" | "RemovePrivilegesFromGroup",
    privileges: readonly string[],
): Promise<void> {
    if (privileges.length === 0) return;
    const request = { group_name: name, type, privileges: privileges.map((one) => ({ name: one })) };
    await client.call("OperatePrivilegeGroup", request, { about: name });
}

/** Errors: `rejected` for one that a role has. */
export async function dropPrivilegeGroup(client: MilvusClient, name: string): Promise<void> {
    await client.call("DropPrivilegeGroup", { group_name: name }, { about: name });
}
