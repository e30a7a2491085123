import type { MilvusClient } from "../transport/client";
import { absent, type CollectionRef } from "./collections";
import { isMilvusError } from "../transport/errors";
import type { Message } from "../transport/protocol";

/** A privilege of a role on one collection, by the collection's name (Milvus docs, "Grant Privileges to Roles"). */
export interface Grant {
    role: string;
    /** A privilege, a built-in group (`CollectionReadOnly`), or a group of the user. */
    privilege: string;
    /** Who granted it; the server requires a name. */
    grantor: string;
    /**
     * The kind of object that the server recorded. `Collection`: granted by OperatePrivilege. Anything else: by
     * OperatePrivilegeV2 (2.5), which records privilege groups as `Global` (PR 41204).
     */
    object?: string;
}

/** Privileges of roles on this collection, without those on all collections. Empty if the server has no roles. */
export async function grantsOn(client: MilvusClient, ref: CollectionRef): Promise<Grant[]> {
    const roles = await client.call("SelectRole", {}).catch((error: unknown) => {
        if (isMilvusError(error, "unsupported")) return undefined;
        throw error;
    });
    const names = ((roles?.results ?? []) as { role: Named }[]).map(({ role }) => role.name);
    const grants: Grant[] = [];
    for (const role of names) {
        // Without an object the server lists those of every kind.
        const entity = { role: { name: role }, ...databaseOf(ref) };
        const answer = await client
            .call("SelectGrant", { entity }, { about: ref.name })
            // A role without any privilege is not found by some servers.
            .catch((error: unknown) => absent(error));
        for (const one of (answer?.entities ?? []) as Entity[])
            if (one.object_name === ref.name)
                grants.push({
                    role,
                    privilege: one.grantor.privilege.name,
                    grantor: one.grantor.user?.name ?? "",
                    object: one.object?.name ?? "Collection",
                });
    }
    return grants;
}

/** Grants a role a privilege on a collection; granting it again is harmless. */
export function grant(client: MilvusClient, ref: CollectionRef, one: Grant): Promise<void> {
    return operate(client, ref, one, "Grant");
}

/** Takes a privilege on a collection, or on a name that no collection has any more, from a role. */
export function revoke(client: MilvusClient, ref: CollectionRef, one: Grant): Promise<void> {
    return operate(client, ref, one, "Revoke");
}

async function operate(
    client: MilvusClient,
    ref: CollectionRef,
    { role, privilege, grantor, object = "Collection" }: Grant,
    type: "Grant" | "Revoke",
): Promise<void> {
    const by = { user: { name: grantor }, privilege: { name: privilege } };
    const about = { about: ref.name };
    if (object === "Collection") {
        const entity: Message = {
            role: { name: role },
            object: { name: object },
            object_name: ref.name,
            ...databaseOf(ref),
            grantor: by,
        };
        await client.call("OperatePrivilege", { entity, type }, about);
        return;
    }
    const request = {
        role: { name: role },
        grantor: by,
        type,
        db_name: ref.database ?? client.database,
        collection_name: ref.name,
    };
    await client.call("OperatePrivilegeV2", request, about);
}

function databaseOf({ database }: CollectionRef): Message {
    return database === undefined ? {} : { db_name: database };
}

interface Named {
    name: string;
}

interface Entity {
    object?: Named | null;
    object_name: string;
    grantor: { user: Named | null; privilege: Named };
}
