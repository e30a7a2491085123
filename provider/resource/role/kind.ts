import { parseRole } from "../../inputs/parse";
import type { Role } from "../../inputs/schema/access";
import { RunError } from "../../migration/errors";
import { createRole, roleUsers } from "../../milvus/access/roles";
import { isMilvusError } from "../../milvus/transport/errors";
import type { Server } from "../context/context";
import { nameOfId, type ObjectKind } from "../object";
import { rejectOwnRole, remove } from "./remove";

/** A role. It has no arguments of its own: its privileges are grants, and its users have it among their roles. */
export const roleKind: ObjectKind<Role> = {
    type: "Role",
    isNamed: true,
    identity: ["name"],
    guides: ["adopt", "forceDestroy"],
    parse: parseRole,
    title: ({ name }) => `role ${name}`,
    id: ({ name }) => name,
    argumentsOf: nameOfId("Role", "reader"),
    requireSupported,
    observe: async ({ client }, { name }) => ((await roleUsers(client, name)) ? {} : undefined),
    create: async ({ at, spec }) => {
        await createRole(at.client, spec.name);
        return {};
    },
    update: () => Promise.resolve({}),
    remove,
    explain: async ({ at }, deployed, verdict) => {
        if (verdict === "replace") await rejectOwnRole(at, deployed.name);
    },
};

/** Errors: `MV401` for a server without roles. */
async function requireSupported({ client, capabilities }: Server, { name }: Role): Promise<void> {
    try {
        await roleUsers(client, name);
    } catch (error) {
        if (!isMilvusError(error, "unsupported")) throw error;
        throw new RunError(
            "MV401",
            `role ${name}: ${capabilities.server} has no roles. Leave the role out, or use a server that has them`,
        );
    }
}
