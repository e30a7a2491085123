import { closest, didYouMean } from "../../inputs/report/didYouMean";
import type { Grant } from "../../inputs/schema/grant";
import { RunError } from "../../migration/errors";
import { anyPrivilege, builtInGroups, objectTypes } from "../../milvus/access/privileges";
import { hasGroups, objectTypeOf } from "../../milvus/access/operateGrant";
import { listRoles } from "../../milvus/access/roles";
import { ownUser, userRoles } from "../../milvus/access/users";
import type { MilvusClient } from "../../milvus/transport/client";
import { isMilvusError } from "../../milvus/transport/errors";
import type { Server } from "../context/context";
import { any, placeOf } from "./place";

/** The newest release whose privileges `objectTypes` has. */
const newestKnown = [3, 0] as const;

/** Errors: `MV401`, `MV421`, `MV422` for what the server cannot grant. */
export async function requireSupported(at: Server, spec: Grant): Promise<void> {
    const { client, capabilities } = at;
    const title = `grant to ${spec.role}`;
    if ((await listRoles(client)) === undefined)
        throw new RunError(
            "MV401",
            `${title}: ${capabilities.server} has no roles. Leave the Grant out, or use Milvus`,
        );
    const hasV2 = await hasGroups(client);
    if (spec.privilegeGroups.length > 0 && !hasV2)
        throw new RunError(
            "MV401",
            `${title}: ${capabilities.server} has no groups of privileges, which came with Milvus 2.5. List the privileges instead of ${spec.privilegeGroups.join(", ")}, or update the server`,
        );
    for (const privilege of spec.privileges) requireKnown(at, title, privilege);
    const { database, collection } = placeOf(client, spec);
    if (database === any && collection !== any)
        throw new RunError(
            "MV422",
            `${title}: database "*" is the whole server, and collection ${collection} is in one database. Name its database, or leave collection out`,
        );
    const wide = spec.privileges.filter((one) => objectTypeOf(one) !== "Collection");
    if (!hasV2 && collection !== any && wide.length > 0)
        throw new RunError(
            "MV422",
            `${title}: ${capabilities.server} grants ${wide.join(", ")} on all collections or on none. Declare it in a Grant of its own, without collection`,
        );
}

function requireKnown({ capabilities }: Server, title: string, privilege: string): void {
    if (privilege === anyPrivilege || objectTypes.has(privilege)) return;
    if (builtInGroups.has(privilege))
        throw new RunError(
            "MV421",
            `${title}: ${privilege} is a group of privileges. Write it in privilegeGroups`,
        );
    const [major = 0, minor = 0] = capabilities.version ?? [];
    const isNewer = major > newestKnown[0] || (major === newestKnown[0] && minor > newestKnown[1]);
    // A newer server may have it, unless it looks like a slip.
    if (isNewer && closest(privilege, objectTypes.keys()) === undefined) return;
    throw unknownPrivilege(capabilities.server, title, privilege, objectTypes.keys());
}

function unknownPrivilege(
    server: string,
    title: string,
    privilege: string,
    known: Iterable<string>,
): RunError {
    const guess = didYouMean(
        privilege,
        [...known].filter((one) => one !== privilege),
    );
    return new RunError(
        "MV421",
        `${title}: ${server} knows no privilege ${JSON.stringify(privilege)}.${guess}`,
    );
}

/** What the server says of a privilege that it does not know, with a guess. */
export function named({ capabilities }: Server, spec: Grant, privilege: string, error: unknown): unknown {
    const isUnknown = isMilvusError(error) && /not found the privilege/i.test(error.message);
    if (!isUnknown) return error;
    const known = [...objectTypes.keys(), ...builtInGroups];
    return unknownPrivilege(capabilities.server, `grant to ${spec.role}`, privilege, known);
}

/** Errors: `MV423`. */
export async function requireRole(client: MilvusClient, role: string): Promise<void> {
    if ((await listRoles(client))?.includes(role)) return;
    throw new RunError(
        "MV423",
        `grant to ${role}: there is no role ${role}. Declare a Role, and name it by its output: role: reader.name`,
    );
}

/** Errors: `MV425` where the role is one of the user that the provider connects as. The super user needs no role. */
export async function rejectOwn(
    { client }: Server,
    role: string,
    privileges: readonly string[],
    where: string,
): Promise<void> {
    const user = ownUser(client);
    if (privileges.length === 0 || user === undefined || user === "root") return;
    const roles = await userRoles(client, user).catch((error: unknown) => {
        // Without the privilege to look itself up it cannot take away others' either.
        if (isMilvusError(error, "forbidden", "unauthenticated", "unsupported")) return undefined;
        throw error;
    });
    if (!roles?.includes(role)) return;
    throw new RunError(
        "MV425",
        `grant to ${role}: ${privileges.join(", ")} on ${where} is not taken away: the user of this connection, ${user}, has the role ${role}. Connect as another user, or take it away by hand`,
    );
}
