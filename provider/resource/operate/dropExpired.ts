import { dropCollection } from "../../milvus/access/drop";
import type { MilvusClient } from "../../milvus/transport/client";
import { serverTime } from "../../milvus/rows/readPoint";
import type { Inspected } from "../../observe/generation";
import { observeGeneration } from "../../observe/generations";
import { inspect } from "../../observe/inspected";
import { changedByCommand } from "../../observe/ownershipMarker";
import { isProtected } from "../../observe/protection";
import { takeLease } from "../../migration/properties/lease";
import { listRetained } from "../../migration/properties/previous";
import type { Server } from "../context/context";
import { passOnLineage } from "../generations/dropRetained";
import { findRetained } from "../generations/retained";
import { unmark } from "../generations/unmark";
import type { DropWork } from "./dropUnfinished";

/**
 * Whether the time of a retained collection is over, and nothing needs it: neither an interrupted rollback to it, which the
 * next run finishes, nor a program that protects its rows.
 */
export async function isExpired(
    client: MilvusClient,
    at: Inspected,
    behind: Inspected | undefined,
    now: number,
): Promise<boolean> {
    const { keptUntil, lease, aliases } = at;
    if (keptUntil === undefined || keptUntil > now || lease !== "none" || aliases.length > 0) return false;
    return !(await isProtected(client, (behind ?? at).ref));
}

/** Drops a retained collection whose time is over, under its lease. One that serves or is needed by then stays. */
export async function dropExpired(
    { client, capabilities, context, report }: DropWork & Pick<Server, "capabilities">,
    { ref, marker }: Inspected,
    behind: Inspected | undefined,
): Promise<void> {
    const { holder } = context.session;
    await takeLease(client, ref, holder, report);
    const now = await inspect(client, ref, holder);
    if (now?.marker.generation !== marker.generation || now.marker.state !== "previous") return;
    if (!(await isExpired(client, { ...now, lease: "none" }, behind, await serverTime(client)))) return;
    const others = behind ? await findRetained(context.session, client, behind.ref) : [];
    const rest = others.filter(({ at }) => at.ref.name !== ref.name);
    await passOnLineage(client, now, rest);
    await dropCollection(client, ref, context.print);
    if (!behind) return;
    const serving = await observeGeneration(client, behind.ref, holder);
    const left = (serving?.retained ?? []).filter(({ name }) => name !== ref.name);
    await listRetained(client, behind.ref, left);
    // The command keeps its marker only while something is found by it.
    const isGivenUp = left.length === 0 && behind.lease === "none" && behind.successor === undefined;
    if (isGivenUp && changedByCommand(behind.marker.owner) !== undefined)
        await unmark({ client, capabilities }, behind.ref);
}
