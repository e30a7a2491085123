import { dropCollection } from "../../milvus/access/drop";
import type { Inspected } from "../../observe/generation";
import { inspect } from "../../observe/inspected";
import { seizeLease, takeLease } from "../../migration/properties/lease";
import type { Report } from "../../migration/report";
import { releaseSource } from "../../migration/shards/sourceLoad";
import type { Context, Server } from "../context/context";
import { refusalError } from "../recovery/refusals";

export interface DropWork extends Pick<Server, "client"> {
    context: Pick<Context, "session" | "print">;
    report: Report;
}

/**
 * Drops a copy that never served, under its lease. Errors: `MV322` where a run works on it, unless `force` takes the lease
 * from that run; `MV330` where it serves by an alias since.
 */
export async function dropUnfinished(
    { client, context, report }: DropWork,
    { ref, marker }: Inspected,
    force = false,
): Promise<void> {
    const { holder } = context.session;
    if (force) await seizeLease(client, ref, holder);
    else await takeLease(client, ref, holder, report);
    // The run that held the lease may have put the copy in service while this one waited for it.
    const now = await inspect(client, ref, holder);
    if (now?.marker.generation !== marker.generation) return;
    if (now.aliases.length > 0)
        throw refusalError({
            reason: "copy-in-service",
            name: ref.name,
            aliases: now.aliases,
            generation: marker.from ?? marker.generation,
        });
    await releaseSource(client, ref, report);
    await dropCollection(client, ref, context.print);
}
