import type { User } from "../../inputs/schema/access";
import { ownUser } from "../../milvus/access/users";
import { type ObjectWork, otherSecret } from "../object";
import { rejectOwnUser } from "./remove";
import { rejectOwnRoles, without } from "./roles";

/** What a change does to those who log in. Errors: `MV412`, `MV413`. */
export function explain(
    { at: { client }, spec, name: logical, context }: ObjectWork<User>,
    deployed: User,
    verdict: "update" | "replace",
): Promise<void> {
    const { name, password, roles } = spec;
    if (verdict === "replace") rejectOwnUser(client, deployed.name);
    else rejectOwnRoles(client, name, without(deployed.roles, roles));
    if (verdict === "update" && password !== deployed.password) {
        const how =
            deployed.password === otherSecret
                ? "is set again, somebody has changed it. Where Milvus asks for the present one, which nobody knows, the user is dropped and created again with all its roles"
                : "changes in place: the new one works at once, and the old one no more";
        context.print(`${logical}: the password of the user ${name} ${how}`);
        if (name === ownUser(client))
            context.print(
                `warning: ${logical}: the provider connects as ${name}: after this change set milvus:password (or milvus:token) to the new password`,
            );
    }
    return Promise.resolve();
}
