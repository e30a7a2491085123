import type { User } from "../../inputs/schema/access";
import { giveRole, takeRole } from "../../milvus/access/users";
import { isMilvusError } from "../../milvus/transport/errors";
import type { ObjectWork } from "../object";
import type { Props } from "../session/props";
import { setPassword } from "./password";
import { rejectOwnRoles, requireRoles, without } from "./roles";

/** Sets the password and the roles that differ. New roles are given before old ones are taken. Errors: `MV411`, `MV413`, `MV415`. */
export async function update(work: ObjectWork<User>, deployed: User): Promise<Props> {
    const { at, spec } = work;
    const { client } = at;
    const { name, password, roles } = spec;
    const [added, removed] = [without(roles, deployed.roles), without(deployed.roles, roles)];
    rejectOwnRoles(client, name, removed);
    await requireRoles(client, name, added);
    if (password !== deployed.password) await setPassword(work, deployed.password);
    for (const role of added) await giveRole(client, name, role);
    for (const role of removed)
        await takeRole(client, name, role).catch((error: unknown) => {
            // A role that is dropped has no users any more.
            if (!isMilvusError(error, "not-found")) throw error;
        });
    return {};
}
