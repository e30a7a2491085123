import type { Call } from "../call";
import { demand, refuse } from "../refusal";
import { notFoundRole } from "./roles";

/** All errors and limits were seen on 2.3.5; the sources are those of internal/proxy/impl.go and util.go, 2.3 to 3.0. */

interface Credential {
    username: string;
    password: string;
}

/** `proxy.maxUsernameLength`; `proxy.minPasswordLength` and `proxy.maxPasswordLength`, of which bcrypt takes 72. */
const limits = { name: 32, least: 6, most: 256, bcrypt: 72 };

export function createCredential({ username, password }: Credential, { catalog }: Call): object {
    requireName(username);
    const plain = decoded(password);
    requireLength(plain);
    requireHashable(plain);
    demand(!catalog.users.has(username), "unexpected", `user already exists: ${username}`);
    catalog.users.set(username, plain);
    return {};
}

/** Asks for the old password, whoever calls: `common.security.superUsers` is empty by default. */
export function updateCredential(
    request: { username: string; oldPassword: string; newPassword: string },
    { catalog }: Call,
): object {
    const { username } = request;
    const [old, now] = [decoded(request.oldPassword), decoded(request.newPassword)];
    requireLength(now);
    if (catalog.users.get(username) !== old)
        refuse("notAuthenticated", `old password not correct for ${username}: not authenticated`);
    requireHashable(now);
    catalog.users.set(username, now);
    return {};
}

/** Takes the roles of the user along, and does not ask whether there is one. */
export function deleteCredential({ username }: { username: string }, { catalog }: Call): object {
    if (username === "root") refuse("notPermitted", "root user cannot be deleted: privilege not permitted");
    catalog.users.delete(username);
    catalog.userRoles.delete(username);
    return {};
}

export function listCredUsers(_: object, { catalog }: Call): object {
    return { usernames: [...catalog.users.keys()].sort() };
}

export function selectUser(
    { user, include_role_info: withRoles }: { user: { name: string } | null; include_role_info: boolean },
    { catalog }: Call,
): object {
    if (user) requireName(user.name);
    const names = [...catalog.users.keys()].filter((name) => !user || user.name === name);
    const rolesOf = (name: string) =>
        [...(catalog.userRoles.get(name) ?? [])].map((role) => ({ name: role }));
    return {
        results: names.map((name) => ({ user: { name }, roles: withRoles ? rolesOf(name) : [] })),
    };
}

export function operateUserRole(
    { username, role_name: role, type }: { username: string; role_name: string; type: string },
    { catalog }: Call,
): object {
    requireName(username);
    demand(catalog.roles.has(role), "unexpected", notFoundRole);
    demand(
        catalog.users.has(username),
        "unexpected",
        "not found the user, maybe the user isn't existed or internal system error",
    );
    const roles = catalog.userRoles.get(username) ?? new Set();
    catalog.userRoles.set(username, roles);
    if (type === "AddUserToRole") roles.add(role);
    else roles.delete(role);
    return {};
}

function requireName(name: string): void {
    demand(
        name.length <= limits.name,
        "invalid",
        `invalid username ${name} with length ${name.length}: invalid parameter`,
    );
    demand(
        /^[A-Za-z][A-Za-z0-9_]*$/.test(name),
        "invalid",
        `invalid user name ${name}, username must contain only numbers, letters and underscores: invalid parameter`,
    );
}

function decoded(password: string): string {
    const plain = Buffer.from(password, "base64");
    demand(
        plain.toString("base64") === password,
        "unexpected",
        "decode password fail: illegal base64 data at input byte 7",
    );
    return plain.toString("utf8");
}

function requireLength(password: string): void {
    const bytes = Buffer.byteLength(password);
    demand(
        bytes >= limits.least && bytes <= limits.most,
        "invalid",
        `invalid password length: invalid parameter[${bytes} out of range ${limits.least} <= value <= ${limits.most}]`,
    );
}

function requireHashable(password: string): void {
    demand(
        Buffer.byteLength(password) <= limits.bcrypt,
        "unexpected",
        "encrypt password failed: bcrypt: password length exceeds 72 bytes",
    );
}
