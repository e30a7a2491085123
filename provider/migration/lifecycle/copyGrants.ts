import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { isMilvusError } from "../../milvus/transport/errors";
import { grant, grantsOn } from "../../milvus/collection/grants";
import type { Report } from "../report";

/**
 * Grants the roles' privileges on the old collection on the new one as well, before clients are switched. If the
 * provider may not read the roles, a message asks to grant them by hand.
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
            `the privileges of roles on ${old.name} cannot be read (${error.message}). Grant the same privileges on ${to.name} by hand`,
        );
        return [];
    });
    for (const one of grants) await grant(client, to, one);
    if (grants.length > 0)
        report.say(
            `granted on ${to.name} as well: ${grants.map(({ role, privilege }) => `${privilege} to ${role}`).join(", ")}`,
        );
}
