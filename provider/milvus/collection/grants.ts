import type { MilvusClient } from "../transport/client";
import type { CollectionRef } from "./collections";
import { isMilvusError } from "../transport/errors";

/** A privilege of a role on one collection, by the collection's name (Milvus docs, "Grant Privileges to Roles"). */
export interface Grant {
    role: string;
    privilege: string;
    /** Who granted it; the server requires a name. */
    grantor: string;
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
        const entity = { role: { name: role }, ...objectOf(ref) };
        const answer = await client.call("SelectGrant", { entity }, { about: ref.name });
        for (const one of answer.entities as Entity[])
            if (one.object_name === ref.name)
                grants.push({
                    role,
                    privilege: one.grantor.privilege.name,
                    grantor: one.grantor.user?.name ?? "",
                });
    }
    return grants;
}

/** Grants a role a privilege on a collection; granting it again is harmless. */
export async function grant(
    client: MilvusClient,
    ref: CollectionRef,
    { role, privilege, grantor }: Grant,
): Promise<void> {
    const entity = {
        role: { name: role },
        ...objectOf(ref),
        grantor: { user: { name: grantor }, privilege: { name: privilege } },
    };
    await client.call("OperatePrivilege", { entity, type: "Grant" }, { about: ref.name });
}

function objectOf(ref: CollectionRef) {
    return {
        object: { name: "Collection" },
        object_name: ref.name,
        ...(ref.database !== undefined && { db_name: ref.database }),
    };
}

interface Named {
    name: string;
}

interface Entity {
    object_name: string;
    grantor: { user: Named | null; privilege: Named };
}
