import type { User } from "../../inputs/schema/access";
import { RunError } from "../../migration/errors";
import {
    createUser,
    dropUser,
    giveRole,
    ownUser,
    updatePassword,
    userRoles,
} from "../../milvus/access/users";
import type { MilvusClient } from "../../milvus/transport/client";
import { isMilvusError } from "../../milvus/transport/errors";
import type { ObjectWork } from "../object";

/**
 * Sets the declared password. Milvus asks for the present one, of root, too: only who is in `common.security.superUsers` need
 * not know it. Where nobody knows it, the user is dropped and created again with all its roles. Errors: `MV411`.
 */
export async function setPassword(work: ObjectWork<User>, deployed: string): Promise<void> {
    const { client } = work.at;
    const { name, password } = work.spec;
    if (await isAccepted(client, name, { old: deployed, now: password })) return;
    // An interrupted run has set it already.
    if (await isAccepted(client, name, { old: password, now: password })) return;
    await createAgain(work);
}

/** The root user, which every server has and none drops. */
export const rootUser = "root";

async function createAgain({
    at: { client },
    spec,
    name: logical,
    context,
}: ObjectWork<User>): Promise<void> {
    const { name, password } = spec;
    if (name === rootUser || name === ownUser(client))
        throw new RunError(
            "MV411",
            `user ${name}: its password is neither the deployed nor the declared one, and Milvus asks for the present one. ` +
                "Declare the present password, run `pulumi up`, and then change it",
        );
    const roles = (await userRoles(client, name)) ?? [];
    const kept = roles.length > 0 ? `the roles ${roles.join(", ")}` : "no roles";
    context.print(
        `${logical}: nobody knows the present password of the user ${name}: dropping it, and creating it again with ${kept}`,
    );
    await dropUser(client, name);
    await createUser(client, name, password);
    for (const role of roles) await giveRole(client, name, role);
}

/** False where the old password is not the present one. */
async function isAccepted(
    client: MilvusClient,
    name: string,
    passwords: { old: string; now: string },
): Promise<boolean> {
    try {
        await updatePassword(client, name, passwords);
        return true;
    } catch (error) {
        // The number is of this refusal; without it, the server rejects the connection of the provider itself.
        if (isMilvusError(error, "unauthenticated") && error.serverCode === notAuthenticated) return false;
        throw error;
    }
}

/** `ErrPrivilegeNotAuthenticated` (merr). */
const notAuthenticated = 1400;
