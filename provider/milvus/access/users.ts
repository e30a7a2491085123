import type { Connection } from "../../inputs/schema/connection";
import { MilvusClient } from "../transport/client";
import { isMilvusError } from "../transport/errors";
import { userOf } from "../transport/privilege";

/** Roles of a user; undefined where there is no such user. Errors: `unsupported` for a server without users. */
export async function userRoles(client: MilvusClient, name: string): Promise<string[] | undefined> {
    const answer = await client
        .call("SelectUser", { user: { name }, include_role_info: true }, { about: name })
        .catch((error: unknown) => {
            // 2.3 answers with an empty list.
            if (isMilvusError(error, "not-found")) return undefined;
            throw error;
        });
    const found = ((answer?.results ?? []) as UserResult[]).find(({ user }) => user?.name === name);
    return found && (found.roles ?? []).map((role) => role.name);
}

/** The names of all users; undefined where the server has none. */
export async function listUsers(client: MilvusClient): Promise<string[] | undefined> {
    const answer = await client.call("SelectUser", {}).catch((error: unknown) => {
        if (isMilvusError(error, "unsupported")) return undefined;
        throw error;
    });
    return answer && ((answer.results ?? []) as { user: Named }[]).map(({ user }) => user.name);
}

/** Errors: `exists`. */
export async function createUser(client: MilvusClient, name: string, password: string): Promise<void> {
    await client.call("CreateCredential", { username: name, password: encoded(password) }, { about: name });
}

/** Sets a password. Errors: `unauthenticated` where `old` is not the present one: root is asked for it, too (seen on 2.3.5). */
export async function updatePassword(
    client: MilvusClient,
    name: string,
    { old, now }: { old: string; now: string },
): Promise<void> {
    const request = { username: name, oldPassword: encoded(old), newPassword: encoded(now) };
    await client.call("UpdateCredential", request, { about: name });
}

/** Drops a user, and takes its roles with it; one that is gone already is no error (seen on 2.3.5). */
export async function dropUser(client: MilvusClient, name: string): Promise<void> {
    await client.call("DeleteCredential", { username: name }, { about: name });
}

/** Gives a user a role; again is harmless. Errors: `not-found` for a user or a role that does not exist. */
export async function giveRole(client: MilvusClient, user: string, role: string): Promise<void> {
    await operate(client, user, role, "AddUserToRole");
}

/** Takes a role from a user that may not have it. Errors: `not-found` for a user or a role that does not exist. */
export async function takeRole(client: MilvusClient, user: string, role: string): Promise<void> {
    await operate(client, user, role, "RemoveUserFromRole");
}

/** Whether the password logs in. Without authorization every password does. Errors: those of a connection, but `unauthenticated`. */
export async function logsIn(client: MilvusClient, username: string, password: string): Promise<boolean> {
    const { token: _token, database: _database, ...place } = client.connection;
    const connection: Connection = { ...place, username, password };
    try {
        (await MilvusClient.connect(connection)).close();
        return true;
    } catch (error) {
        if (isMilvusError(error, "unauthenticated")) return false;
        throw error;
    }
}

/** The user that a connection logs in as; undefined for one without a user, and for an API key. */
export const ownUser = ({ connection }: MilvusClient): string | undefined => userOf(connection);

/** The roles of that user; none where the server does not tell them. */
export async function ownRoles(client: MilvusClient): Promise<string[]> {
    const name = ownUser(client);
    if (name === undefined) return [];
    return (
        (await userRoles(client, name).catch((error: unknown) => {
            if (isMilvusError(error, "forbidden")) return undefined;
            throw error;
        })) ?? []
    );
}

async function operate(client: MilvusClient, username: string, role: string, type: string): Promise<void> {
    const request = { username, role_name: role, type };
    await client.call("OperateUserRole", request, { about: `${username}, role ${role}` });
}

/** Source: `crypto.Base64Decode` in internal/proxy/impl.go: the proxy decodes a password before it hashes it. */
const encoded = (password: string): string => Buffer.from(password, "utf8").toString("base64");

interface Named {
    name: string;
}

interface UserResult {
    user: Named | null;
    roles?: Named[];
}
