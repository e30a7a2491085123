import type { Report } from "../../migration/report";
import { remove } from "../collection";
import { create } from "../collection/create";
import { type Context, server } from "../context/context";
import { collectionRequest, collectionState } from "../context/resourceState";
import { moveAliases } from "../operate/moveAliases";
import { underLease } from "../operate/underLease";
import { phasesOf, recordFailure } from "./phases";
import { inDatabaseOf, type OrderedWork, refIn } from "./orders";

/**
 * Makes the copy of an order, and switches to it: the steps of an `up` with the same program, with each alias of the old
 * collection in the place of the program's. Can be run again after any interruption, as an `up` can. Returns the collection in
 * service.
 */
export async function switchOrder(asked: Context, ordered: OrderedWork, report: Report): Promise<string> {
    const { seen, order } = ordered;
    const context = { ...inDatabaseOf(asked, ordered), report: () => report };
    const { session } = context;
    const { owner } = seen;
    const deployed = { ...order.deployed };
    session.pendingReplacements.add(owner, deployed);
    const { client } = await server(context, {});
    const copy = refIn(ordered, seen.copy.ref.name);
    const worker = { entering: phasesOf(client, copy) };
    const request = collectionRequest({ ...order.inputs });
    const outs = await create(context, request, worker).catch((error: unknown) =>
        recordFailure(client, copy, error),
    );
    const ref = refIn(ordered, outs.collectionName);
    const { name, ref: old } = collectionState(deployed);
    const isRenamed = old.name === ref.name;
    await underLease(context, await server(context, {}), { ref, name, owner }, async () => {
        // A swap of names has moved them.
        if (!isRenamed) await moveAliases(context, owner, seen.source.aliases, ref);
        await remove(context, collectionState(deployed));
    });
    report.say(`${ref.name} is in service; the next \`pulumi up\` records it`);
    return ref.name;
}
