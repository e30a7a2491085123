import { RunError } from "../../migration/errors";
import { roleUsers } from "../../milvus/access/roles";
import { ownUser } from "../../milvus/access/users";
import type { MilvusClient } from "../../milvus/transport/client";

/** Errors: `MV415`. */
export async function requireRoles(
    client: MilvusClient,
    user: string,
    roles: readonly string[],
): Promise<void> {
    for (const role of roles)
        if (!(await roleUsers(client, role)))
            throw new RunError(
                "MV415",
                `user ${user}: the role ${role} does not exist on the server. Declare it as a Role and write roles: [${role}.name], or correct its name`,
            );
}

/** Errors: `MV413`. */
export function rejectOwnRoles(client: MilvusClient, user: string, taken: readonly string[]): void {
    if (taken.length === 0 || ownUser(client) !== user) return;
    const roles = taken.length === 1 ? `the role ${taken[0]} is` : `the roles ${taken.join(", ")} are`;
    throw new RunError(
        "MV413",
        `user ${user}: ${roles} not taken away, the provider connects as this user. ` +
            "Connect as another user (milvus:token, or milvus:username and milvus:password), and change its roles then",
    );
}

/** What of the first list the second lacks. */
export const without = (roles: readonly string[], others: readonly string[]): string[] =>
    roles.filter((role) => !others.includes(role));
