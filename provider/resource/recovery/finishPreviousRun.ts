import { listAliases } from "../../milvus/aliases";
import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, dropCollection } from "../../milvus/collections";
import type { Capabilities, ObservedCollection } from "../../observe/state";
import { findGeneration, observeCollection, observeStamp } from "../../observe/collection";
import { RunError } from "../../migration/errors";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { isInWork } from "../../migration/properties/lease";
import type { Side } from "../../migration/read/endpoint";
import { readSuccessor, type Successor } from "../../migration/properties/successor";
import { type Context, server } from "../context/context";
import type { Predecessor } from "../context/session";
import { hidden, locate, prefixesOf, refOf } from "../context/identity";
import { dropPrevious, keep } from "../generations/keepPrevious";
import { settleLateWrites } from "./lateWrites";

interface FormerRun {
    /** Its copy, which Pulumi has noted. */
    copy: Side;
    capabilities: Capabilities;
    /** The generation that it copied. */
    from: string;
    old: ObservedCollection;
    successor: Successor;
}

/**
 * Ends what a run that was cut has left, before the collection changes once more: Pulumi had noted its copy, and the old
 * collection waits for its deletion with rows that the copy may not have. It goes, or is kept, here and now: nobody would
 * look for what clients write to it while the next migration goes on, which may take hours. Errors: `MV326` where clients
 * are still sent to the old one; `MV320`, `MV321`, `MV341`, `MV342`.
 */
export async function endFormerRun(context: Context, { props, deployed }: Predecessor): Promise<void> {
    const former = await formerRun(context, props);
    if (!former) return;
    const { copy, from, old, successor, capabilities } = former;
    const { client } = copy;
    const ref = refOf(old);
    await requireSwitched(former).catch(async (error: unknown) => {
        // One that was cut right before its switch has left it refusing writes; after it, that is as it should be.
        if (!(await isInWork(client, copy.ref))) await liftFence({ client, ref }, capabilities);
        throw error;
    });
    const olds = { ...props, __owner: old.stamp?.owner, generation: from, collectionName: old.name };
    const settled = await settleLateWrites(context, olds, client, old, successor);
    if (!settled?.inCharge) return;
    const { owner, name } = hidden(props);
    const shelf = { client, capabilities, owner, name, spec: deployed, print: context.print };
    if (successor.keep) await keep(shelf, old, successor);
    else {
        await dropPrevious(shelf, old);
        await dropCollection(client, ref);
    }
    await settled.dropped();
}

/** What `endFormerRun` would refuse, for a preview. Errors: `MV326`. */
export async function requireFormerSwitched(context: Context, props: Predecessor["props"]): Promise<void> {
    const former = await formerRun(context, props);
    if (former) await requireSwitched(former);
}

async function formerRun(context: Context, props: Predecessor["props"]): Promise<FormerRun | undefined> {
    const { client, capabilities } = await server(context, props);
    const ref = await locate(client, props);
    const from = ref && (await observeStamp(client, ref)).stamp?.from;
    if (!ref || from === undefined) return undefined;
    const found = await waiting(client, ref, props, from);
    const old = found && (await observeCollection(client, found.ref));
    return old && { copy: { client, ref }, capabilities, from, old, successor: found.successor };
}

async function requireSwitched({ copy: { client, ref }, old }: FormerRun): Promise<void> {
    const aliases = await listAliases(client, refOf(old));
    if (aliases.length === 0) return;
    throw new RunError(
        "MV326",
        `${old.name}: the run that copied it to ${ref.name} ended before the alias ${aliases.join(", ")} moved, and clients write to it ` +
            "still. Run `pulumi up` with the program of that run until it ends well, then with this one",
    );
}

/** The old collection that names this one as its successor, and is not kept. */
async function waiting(
    client: MilvusClient,
    ref: CollectionRef,
    props: Predecessor["props"],
    from: string,
): Promise<{ ref: CollectionRef; successor: Successor } | undefined> {
    for (const prefix of prefixesOf(hidden(props).name, ref, props.generation as string)) {
        const isFormer = (stamp: { generation: string; state: string } | undefined) =>
            stamp?.generation === from && stamp.state !== "previous";
        for (const name of await findGeneration(client, { ...ref, name: prefix }, isFormer)) {
            const old = { ...ref, name };
            const successor = await readSuccessor(client, old);
            if (successor?.name === ref.name) return { ref: old, successor };
        }
    }
    return undefined;
}
