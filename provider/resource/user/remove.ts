import type { User } from "../../inputs/schema/access";
import { RunError } from "../../migration/errors";
import { dropUser, ownUser, userRoles } from "../../milvus/access/users";
import type { MilvusClient } from "../../milvus/transport/client";
import type { ObjectWork } from "../object";
import { rootUser } from "./password";

/** Drops a user, and with it that it has its roles. Errors: `MV412`. */
export async function remove({
    at,
    spec: { name },
    name: logical,
    context,
}: ObjectWork<User>): Promise<void> {
    const { client } = at;
    if (name === rootUser) {
        context.print(`${logical}: the user root stays: no server drops it`);
        return;
    }
    if (!(await userRoles(client, name))) return;
    rejectOwnUser(client, name);
    await dropUser(client, name);
}

/** Errors: `MV412`. */
export function rejectOwnUser(client: MilvusClient, name: string): void {
    if (ownUser(client) !== name) return;
    throw new RunError(
        "MV412",
        `user ${name}: not dropped, the provider connects as this user. ` +
            "Connect as another user (milvus:token, or milvus:username and milvus:password), and drop it then",
    );
}
