import { parseUser } from "../../inputs/parse";
import type { User } from "../../inputs/schema/access";
import { RunError } from "../../migration/errors";
import { logsIn, userRoles } from "../../milvus/access/users";
import { isMilvusError } from "../../milvus/transport/errors";
import type { Server } from "../context/context";
import { nameOfId, type ObjectKind, otherSecret, unreadSecret } from "../object";
import { create } from "./create";
import { explain } from "./explain";
import { remove } from "./remove";
import { update } from "./update";

/** A user: its password and its roles change in place. */
export const userKind: ObjectKind<User> = {
    type: "User",
    isNamed: true,
    identity: ["name"],
    guides: ["adopt"],
    sets: ["roles"],
    secrets: ["password"],
    parse: parseUser,
    title: ({ name }) => `user ${name}`,
    id: ({ name }) => name,
    argumentsOf: nameOfId("User", "alice"),
    requireSupported,
    observe: async ({ client }, { name, password, roles }) => {
        const there = await userRoles(client, name);
        if (!there) return undefined;
        const isOther = password !== unreadSecret && !(await logsIn(client, name, password));
        return {
            // Others may be given by somebody else.
            roles: roles.filter((role) => there.includes(role)),
            ...(isOther && { password: otherSecret }),
        };
    },
    create,
    update,
    remove,
    explain,
    importArguments: async ({ client }, { name }) => {
        const roles = await userRoles(client, name);
        return roles && (roles.length > 0 ? { roles: roles.sort() } : {});
    },
};

/** Errors: `MV401` for a server without users. */
async function requireSupported({ client, capabilities }: Server, { name }: User): Promise<void> {
    try {
        await userRoles(client, name);
    } catch (error) {
        if (!isMilvusError(error, "unsupported")) throw error;
        throw new RunError(
            "MV401",
            `user ${name}: ${capabilities.server} has no users. Leave the user out, or use a server that has them`,
        );
    }
}
