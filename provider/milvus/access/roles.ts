import type { MilvusClient } from "../transport/client";
import { isMilvusError } from "../transport/errors";

/** Roles that every server has, and that none drops. Source: `util.IsBuiltinRole`. */
export const builtInRoles: ReadonlySet<string> = new Set(["admin", "public"]);

/** The names of all roles; undefined where the server has no roles. */
export async function listRoles(client: MilvusClient): Promise<string[] | undefined> {
    const roles = await client.call("SelectRole", {}).catch((error: unknown) => {
        if (isMilvusError(error, "unsupported")) return undefined;
        throw error;
    });
    return roles && ((roles.results ?? []) as { role: Named }[]).map(({ role }) => role.name);
}

/** The users that have a role; undefined where there is no such role. Errors: `unsupported` for a server without roles. */
export async function roleUsers(client: MilvusClient, name: string): Promise<string[] | undefined> {
    const answer = await client
        .call("SelectRole", { role: { name }, include_user_info: true }, { about: name })
        .catch((error: unknown) => {
            // 2.3 answers with an empty list.
            if (isMilvusError(error, "not-found")) return undefined;
            throw error;
        });
    const found = ((answer?.results ?? []) as RoleResult[]).find(({ role }) => role?.name === name);
    return found && (found.users ?? []).map((user) => user.name);
}

/** Errors: `exists`. */
export async function createRole(client: MilvusClient, name: string): Promise<void> {
    await client.call("CreateRole", { entity: { name } }, { about: name });
}

/**
 * Drops a role, and takes it from its users. Errors: `rejected` for one that has privileges on a server that does not know
 * `force_drop` (2.3), `forbidden` for a built-in one.
 */
export async function dropRole(client: MilvusClient, name: string, force: boolean): Promise<void> {
    await client.call("DropRole", { role_name: name, force_drop: force }, { about: name });
}

interface Named {
    name: string;
}

interface RoleResult {
    role: Named | null;
    users?: Named[];
}
