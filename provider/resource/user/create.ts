import type { User } from "../../inputs/schema/access";
import { createUser, dropUser, giveRole } from "../../milvus/access/users";
import type { ObjectWork } from "../object";
import type { Props } from "../session/props";
import { requireRoles } from "./roles";

/** Makes a user with its roles, or none at all: the next run finds no half of it. Errors: `MV415`. */
export async function create({ at: { client }, spec }: ObjectWork<User>): Promise<Props> {
    const { name, password, roles } = spec;
    await requireRoles(client, name, roles);
    await createUser(client, name, password);
    try {
        for (const role of roles) await giveRole(client, name, role);
    } catch (error) {
        await dropUser(client, name).catch(() => undefined);
        throw error;
    }
    return {};
}
