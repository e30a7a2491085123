/**
 * Authorization, as `common.security.authorizationEnabled` turns it on. Source: AuthenticationInterceptor in
 * internal/proxy/authentication_interceptor.go and PrivilegeInterceptor in internal/proxy/privilege_interceptor.go; the privilege
 * of a call stands in the protocol (`common.privilege_ext_obj`).
 */
import { type Metadata, status } from "@grpc/grpc-js";

import type { Method, Privilege } from "./proto";
import { rules } from "./rules";
import type { Version } from "./version";

/** A privilege on an object, as the protocol of the call names it. */
export interface Asked {
    user: string;
    /** `Collection`, `Global` or `User`. */
    object: string;
    /** The object's name; `*` where the call names none. */
    name: string;
    /** `PrivilegeQuery`. */
    privilege: string;
    database: string;
}

/** Who may come in, and who has which privilege: whoever keeps users and roles gives both. */
export interface Access {
    knows(user: string, password: string): boolean;
    allows(asked: Asked): boolean;
    /** Whether a role of the user has any privilege on the collection. Default: on all. */
    sees?(user: string, database: string, name: string): boolean;
}

/** The user root needs no privilege (`common.security.rootShouldBindRole` is false by default). */
const ROOT = "root";

const all = (privilege: string): Privilege => ({ object: "Global", privilege, namesOf: () => ["*"] });

/**
 * What a call asks for on older servers, where that is not what our protocol (3.0) names. Source: `common.privilege_ext_obj` in
 * the descriptors of pymilvus 2.3.7, 2.4.0 and 2.4.3; Milvus 2.3.5 was seen to ask for these.
 */
export function privilegeOn({ name, privilege }: Method, version: Version): Privilege | undefined {
    if (!version.since(2, 4, 3)) {
        if (name === "ShowCollections" || name === "ListDatabases") return all(`Privilege${name}`);
        if (privilege?.privilege === "PrivilegeGetLoadState")
            return { ...privilege, privilege: "PrivilegeLoad" };
    }
    if (!version.since(2, 4, 0) && name === "AlterAlias") return undefined;
    return privilege;
}

/** What the interceptors answer instead of the call; undefined where it passes. */
export function denial(
    method: Method,
    metadata: Metadata,
    message: object,
    { access, database, version }: { access: Access | undefined; database: string; version: Version },
): { code: status; details: string } | undefined {
    if (!access) return undefined;
    const sent = loginOf(metadata);
    if (sent === undefined)
        return { code: status.UNAUTHENTICATED, details: "missing authorization in header" };
    const [user, ...password] = sent;
    if (!access.knows(user, password.join(":")))
        return {
            code: status.UNAUTHENTICATED,
            details: "auth check failure, please check username and password are correct",
        };
    const privilege = privilegeOn(method, version);
    if (!privilege || user === ROOT) return undefined;
    const { object, privilege: wanted, namesOf } = privilege;
    const asked = { user, object, privilege: wanted, database };
    // Everybody may look at itself, and change its own password. Source: isCurUserObject, beside PrivilegeInterceptor.
    const isOwn = (name: string) => object === "User" && name === user;
    if (namesOf(message).every((name) => isOwn(name) || access.allows({ ...asked, name }))) return undefined;
    return {
        code: status.PERMISSION_DENIED,
        details: `${wanted}: permission deny to ${user} in the \`${database}\` database`,
    };
}

/**
 * What ShowCollections lists: collections that a role of the user has a privilege on. Source: getVisibleCollections in
 * rootcoord/show_collection_task.go.
 */
export function visibility(
    metadata: Metadata,
    { access, database, version }: { access: Access | undefined; database: string; version: Version },
): (name: string) => boolean {
    const [user = ROOT] = loginOf(metadata) ?? [];
    if (!access?.sees || user === ROOT || !rules.listsVisible(version)) return () => true;
    return (name) => access.sees!(user, database, name);
}

function loginOf(metadata: Metadata): [string, ...string[]] | undefined {
    const [sent] = metadata.get("authorization");
    if (sent === undefined) return undefined;
    const [user = "", ...password] = Buffer.from(String(sent), "base64").toString().split(":");
    return [user, ...password];
}
