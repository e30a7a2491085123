import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { isMilvusError } from "../../milvus/transport/errors";
import { grant, grantsOn } from "../../milvus/collection/grants";
import type { Report } from "../report";

/**
 * Roles that may use the old collection by its name may use the new one alike, before anybody is sent there. Whoever may
 * not see the roles is told so: then they have to be looked at by hand.
 */
export async function copyGrants(
    client: MilvusClient,
    old: CollectionRef,
    to: CollectionRef,
    report: Report,
): Promise<void> {
    const grants = await grantsOn(client, old).catch((error: unknown) => {
        if (!isMilvusError(error, "forbidden", "unauthenticated", "rejected")) throw error;
        report.say(
            `the privileges of roles on ${old.name} cannot be read (${error.message}); give those that it has on ${to.name}, too`,
        );
        return [];
    });
    for (const one of grants) await grant(client, to, one);
    if (grants.length > 0)
        report.say(
            `${grants.map(({ role, privilege }) => `${privilege} of ${role}`).join(", ")}: given on ${to.name}, too`,
        );
}
