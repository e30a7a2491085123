import type { Role } from "../../inputs/schema/access";
import { RunError } from "../../migration/errors";
import { revokeRecorded } from "../../milvus/access/operateGrant";
import { grantsOfRole, type RoleGrant } from "../../milvus/access/roleGrants";
import { builtInRoles, dropRole, roleUsers } from "../../milvus/access/roles";
import { ownRoles, ownUser, takeRole } from "../../milvus/access/users";
import { listDatabases } from "../../milvus/cluster/databases";
import type { MilvusClient } from "../../milvus/transport/client";
import { isMilvusError } from "../../milvus/transport/errors";
import type { Server } from "../context/context";
import type { ObjectWork } from "../object";

/** How many of its privileges and users an error names. */
const mostNamed = 20;

/**
 * Drops a role. What the program made of it is gone by now: Pulumi drops its grants and users first. Errors: `MV410` where
 * somebody else has given it privileges or users, unless the program says so; `MV414`.
 */
export async function remove({ at, spec, name: logical, context }: ObjectWork<Role>): Promise<void> {
    const { client } = at;
    const { name, forceDestroy } = spec;
    const users = await roleUsers(client, name);
    if (!users) return;
    if (builtInRoles.has(name)) {
        context.print(`${logical}: the role ${name} stays: it is built in, and no server drops it`);
        return;
    }
    await rejectOwnRole(at, name);
    const databases = (await listDatabases(client)) ?? ["default"];
    // 2.3 looks for privileges in the default database alone, and leaves those of the others behind.
    const grants = await grantsOfRole(client, name, ...databases, "*");
    const held = [...grants.map(textOf), ...users.map((user) => `the user ${user}`)];
    if (held.length > 0 && !forceDestroy) throw notDropped(name, held);
    for (const one of held)
        context.print(`${logical}: taking ${one} from the role ${name}, as forceDestroy says`);
    for (const user of users) await takeRole(client, user, name);
    for (const grant of grants) await revoke(client, grant);
    // What only newer calls give is taken by the drop itself, which older servers refuse.
    await dropRole(client, name, held.length > 0);
}

/** Errors: `MV414`. */
export async function rejectOwnRole({ client }: Server, role: string): Promise<void> {
    if (!(await ownRoles(client)).includes(role)) return;
    throw new RunError(
        "MV414",
        `role ${role}: not dropped, the provider connects as ${ownUser(client)}, who has this role. ` +
            "Connect as another user (milvus:token, or milvus:username and milvus:password), and drop it then",
    );
}

async function revoke(client: MilvusClient, grant: RoleGrant): Promise<void> {
    try {
        await revokeRecorded(client, grant);
    } catch (error) {
        if (!isMilvusError(error, "invalid", "not-found", "rejected")) throw error;
    }
}

function notDropped(name: string, held: readonly string[]): RunError {
    const more = held.length > mostNamed ? `, and ${held.length - mostNamed} more` : "";
    return new RunError(
        "MV410",
        `role ${name}: not dropped, it has ${held.slice(0, mostNamed).join(", ")}${more}. ` +
            "Take them away first, or set forceDestroy: true, run `pulumi up`, and then drop the role. " +
            "A User or a Grant of this program names the role by its output (roles: [reader.name]), so that Pulumi drops it before the role",
    );
}

function textOf({ object, collection, database, privilege }: RoleGrant): string {
    const kind = object.toLowerCase();
    const place = object === "Collection" ? ` in the database ${database}` : "";
    return `the privilege ${privilege} on ${kind} ${collection}${place}`;
}
