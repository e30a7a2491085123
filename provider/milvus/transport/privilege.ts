import protobuf from "protobufjs";

import type { Connection } from "../../inputs/schema/connection";
import { requestOf } from "./protocol";

/** What Milvus asks a user for before it carries out a call. */
export interface Asked {
    /** `Collection`, `Global` or `User`. */
    object: string;
    /** As grants name it: `Load`. Undefined where the protocol names none. */
    privilege: string | undefined;
    /** The object's name; `*` where the call names none. */
    name: string;
    /** Undefined where the call names none. */
    database: string | undefined;
}

/** What refuses a call, and who was refused. */
interface Refused {
    asked: Asked;
    connection: Connection;
    /** The version that the server reports. */
    version: string | undefined;
}

/**
 * Privileges of the cluster: OperatePrivilegeV2 takes them on all databases alone. Source: `ClusterAdminPrivileges` in
 * pkg/util/constant.go of milvus-io/milvus (2.5).
 */
const ofCluster: ReadonlySet<string> = new Set(
    [
        ["ListDatabases", "SelectOwnership", "SelectUser", "DescribeResourceGroup", "ListResourceGroups"],
        ["ListPrivilegeGroups", "FlushAll", "TransferNode", "TransferReplica", "UpdateResourceGroups"],
        ["BackupRBAC", "RestoreRBAC", "CreateDatabase", "DropDatabase", "CreateOwnership", "DropOwnership"],
        ["ManageOwnership", "CreateResourceGroup", "DropResourceGroup", "UpdateUser", "RenameCollection"],
        ["CreatePrivilegeGroup", "DropPrivilegeGroup", "OperatePrivilegeGroup"],
    ].flat(),
);

/** Before 2.5 a server has OperatePrivilege alone, which wants the type of the object. */
const BEFORE_V2 = /^v?2\.[0-4]\./;

/**
 * The privilege of a call by the protocol's own annotation, and the object that the request names. Only the names are read from
 * the request: it may hold millions of rows.
 */
export function askedBy(path: string, request: Uint8Array): Asked {
    const type = requestOf(path.slice(path.lastIndexOf("/") + 1));
    const options: Record<string, unknown> = type.options ?? {};
    const option = (key: string) => options[`(common.privilege_ext_obj).${key}`];
    const place = Number(option("object_name_index") ?? option("object_name_indexs") ?? -1);
    const [name] = textsOf(type.fieldsById[place], request);
    const [database] = textsOf(type.fields["db_name"], request);
    return {
        // Milvus 2.3 asks for privileges where later protocols name none, all of them global (ShowCollections, ListDatabases).
        object: (option("object_type") as string | undefined) ?? "Global",
        privilege: (option("object_privilege") as string | undefined)?.replace(/^Privilege/, ""),
        name: name || "*",
        database: database || undefined,
    };
}

/**
 * Who lacks which privilege on what, and what to grant. The server's own words win over the protocol of our SDK: 2.3 asks for
 * other privileges than 3.0. Source of these words: PrivilegeInterceptor in internal/proxy/privilege_interceptor.go.
 */
export function denialText(details: string, { asked, connection, version }: Refused): string {
    const said = /(?:Privilege)?(\w+): permission deny/.exec(details)?.[1];
    const privilege = said ?? asked.privilege;
    const user =
        /permission deny to (.+) in the `/.exec(details)?.[1] ??
        userOf(connection) ??
        "the user of this connection";
    if (privilege === undefined) return `${user} lacks the privilege (${details})`;
    const database = /in the `(.+)` database/.exec(details)?.[1] ?? asked.database ?? connection.database;
    const where = `${asked.object} ${asked.name}, database ${database ?? "default"}`;
    const why = said === undefined ? ` (${details})` : "";
    const reach =
        asked.object === "Collection" ? ", on all collections, because a migration creates new ones" : "";
    const call = granting({ ...asked, privilege, database: database ?? "default" }, version);
    return `${user} lacks the privilege ${privilege} on ${where}${why}. Grant it to a role of this user${reach}: ${call} (pymilvus), and run the command again`;
}

/** The user that a connection logs in as; undefined for one without a user, and for an API key. */
export function userOf({ username, token }: Connection): string | undefined {
    return username ?? /^([^:]+):/.exec(token ?? "")?.[1];
}

/** Whether a server may refuse a call to this user: none does without authorization, and none to the superuser. */
export const isRestricted = (connection: Connection): boolean =>
    (connection.username ?? connection.token) !== undefined && userOf(connection) !== "root";

function granting(
    { privilege, object, database }: Asked & { privilege: string; database: string },
    version: string | undefined,
): string {
    if (BEFORE_V2.test(version ?? ""))
        return `grant_privilege(role, "${object}", "${privilege}", "*", "${database}")`;
    return `grant_privilege_v2(role, "${privilege}", "*", "${ofCluster.has(privilege) ? "*" : database}")`;
}

/**
 * The values of a text field, or of a repeated one, or the name in a field that is a user; every other field is skipped. Source:
 * GetObjectName in pkg/util/funcutil.
 */
function textsOf(field: protobuf.Field | undefined, bytes: Uint8Array): string[] {
    const kind = field?.resolve().resolvedType;
    const isText = field?.type === "string";
    if (!field || !(isText || kind instanceof protobuf.Type)) return [];
    const reader = protobuf.Reader.create(bytes);
    const found: string[] = [];
    while (reader.pos < reader.len) {
        const tag = reader.uint32();
        if (tag >>> 3 === field.id && (tag & 7) === 2)
            found.push(
                ...(isText
                    ? [reader.string()]
                    : textsOf((kind as protobuf.Type).fieldsById[1], reader.bytes())),
            );
        else reader.skipType(tag & 7);
    }
    return found;
}
