import type { CollectionRef } from "../../milvus/collection/collections";
import { dropLease, holdLease, takeLease } from "../../migration/properties/lease";
import { reportOf } from "../context/reportOf";
import type { Context, Server } from "../context/context";

/**
 * Ends a migration under the lease of the new collection: the core's own lease is that of its copy, and a second run would end
 * the same migration beside this one. Errors: `MV322` where another run is at work.
 */
export async function underLease<T>(
    context: Context,
    { client, capabilities }: Server,
    /** The new collection, its logical name for people, and whose metrics tell of the lease. */
    { ref, name, owner }: { ref: CollectionRef; name: string; owner?: string },
    work: () => Promise<T>,
): Promise<T> {
    if (!capabilities.alterProperties) return work();
    const { holder } = context.session;
    const report = reportOf(context, name, owner);
    await takeLease(client, ref, holder, report);
    const lease = holdLease(client, ref, holder, report);
    try {
        return await work();
    } finally {
        await lease.release().catch(() => undefined);
        await dropLease(client, ref);
    }
}
