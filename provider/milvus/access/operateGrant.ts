import type { CollectionRef } from "../collection/collections";
import type { MilvusClient } from "../transport/client";
import { isMilvusError } from "../transport/errors";
import { listPrivilegeGroups } from "./privilegeGroups";
import { anyPrivilege, type ObjectType, objectTypes } from "./privileges";
import type { Grant, GrantPlace, RoleGrant } from "./roleGrants";
import { ownUser } from "./users";

/** A grant that was read, or one on a collection that a caller makes up. */
type Recorded = Omit<Grant, "object"> & { object?: string };
type Operation = "Grant" | "Revoke";

/** Whether the server has OperatePrivilegeV2, which came with the groups of privileges. Source: milvus docs v2.5. */
export const hasGroups = (client: MilvusClient): Promise<boolean> =>
    client.once("privilege groups", async () => {
        try {
            return (await listPrivilegeGroups(client)) !== undefined;
        } catch (error) {
            if (isMilvusError(error, "forbidden")) return true;
            throw error;
        }
    });

/**
 * Gives a role a privilege that a program names, or takes it away; again is harmless. OperatePrivilegeV2 finds the type of
 * the object itself; before it, each privilege goes with the type that it belongs to.
 */
export async function operateGrant(
    client: MilvusClient,
    type: Operation,
    place: GrantPlace,
    privilege: string,
): Promise<void> {
    // The server puts the user of the connection in the place of this one. Source: OperatePrivilege in internal/proxy/impl.go.
    const grantor = ownUser(client) ?? "root";
    const one = { ...place, privilege, object: objectTypeOf(privilege), grantor };
    await ((await hasGroups(client)) ? operateV2 : operateV1)(client, type, one);
}

/** The type of object that OperatePrivilege has to be told. */
export const objectTypeOf = (privilege: string): ObjectType =>
    privilege === anyPrivilege ? "Collection" : (objectTypes.get(privilege) ?? "Global");

/** Grants on a collection what was read on another; granting it again is harmless. */
export function grant(client: MilvusClient, ref: CollectionRef, one: Recorded): Promise<void> {
    return operateRecorded(client, "Grant", on(client, ref, one));
}

/** Takes a privilege on a collection, or on a name that no collection has any more, from a role. */
export function revoke(client: MilvusClient, ref: CollectionRef, one: Recorded): Promise<void> {
    return revokeRecorded(client, on(client, ref, one));
}

/** Takes away what was read, wherever it is. Errors: `invalid` for what only newer calls give. */
export function revokeRecorded(client: MilvusClient, one: RoleGrant): Promise<void> {
    return operateRecorded(client, "Revoke", one);
}

/**
 * By the object that the server has recorded: with another it finds no such grant. A privilege on a collection goes by the
 * call that every server has. Groups, which that one refuses, and what is `Global` on one collection go by the newer one.
 */
async function operateRecorded(client: MilvusClient, type: Operation, one: RoleGrant): Promise<void> {
    const isOld = one.object === "Collection" && objectTypeOf(one.privilege) === "Collection";
    await (isOld || !(await hasGroups(client)) ? operateV1 : operateV2)(client, type, one);
}

async function operateV1(client: MilvusClient, type: Operation, one: RoleGrant): Promise<void> {
    const entity = {
        role: { name: one.role },
        object: { name: one.object },
        object_name: one.collection,
        db_name: one.database,
        grantor: grantorOf(one),
    };
    await client.call("OperatePrivilege", { entity, type }, about(one));
}

async function operateV2(client: MilvusClient, type: Operation, one: RoleGrant): Promise<void> {
    const where = { db_name: one.database, collection_name: one.collection };
    const request = { role: { name: one.role }, grantor: grantorOf(one), type, ...where };
    await client.call("OperatePrivilegeV2", request, about(one));
}

const on = (client: MilvusClient, { database, name }: CollectionRef, one: Recorded): RoleGrant => ({
    object: "Collection",
    ...one,
    database: database ?? client.database,
    collection: name,
});

const grantorOf = ({ grantor, privilege }: RoleGrant) => ({
    user: { name: grantor },
    privilege: { name: privilege },
});

const about = ({ privilege, role }: RoleGrant) => ({ about: `${privilege} of ${role}` });
