import { listAliases } from "../../milvus/aliases";
import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, dropCollection } from "../../milvus/collections";
import type { Capabilities, ObservedCollection } from "../../observe/state";
import { findGeneration, observeCollection, observeMarker } from "../../observe/collection";
import { RunError } from "../../migration/errors";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { hasActiveLease } from "../../migration/properties/lease";
import type { Endpoint } from "../../migration/read/endpoint";
import { readSuccessor, type Successor } from "../../migration/properties/successor";
import { type Context, server } from "../context/context";
import type { PendingReplacement } from "../context/session";
import { hidden, locate, prefixesOf, refOf } from "../context/identity";
import { dropPrevious, retain } from "../generations/retain";
import { mergeLateWrites } from "./mergeLateWrites";

interface PreviousMigration {
    /** Its copy, which Pulumi has noted. */
    copy: Endpoint;
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
 * are still sent to the old one; `MV320`, `MV321`.
 */
export async function finishPreviousMigration(
    context: Context,
    { props, deployed }: PendingReplacement,
): Promise<void> {
    const previous = await previousMigration(context, props);
    if (!previous) return;
    const { copy, from, old, successor, capabilities } = previous;
    const { client } = copy;
    const ref = refOf(old);
    await requireSwitched(previous).catch(async (error: unknown) => {
        // One that was cut right before its switch has left it refusing writes; after it, that is as it should be.
        if (!(await hasActiveLease(client, copy.ref))) await liftFence({ client, ref }, capabilities);
        throw error;
    });
    const olds = { ...props, __owner: old.marker?.owner, generation: from, collectionName: old.name };
    const outcome = await mergeLateWrites(context, olds, client, old, successor);
    if (!outcome?.isActive) return;
    const { owner, name } = hidden(props);
    const retention = { client, capabilities, owner, name, spec: deployed, print: context.print };
    if (successor.keep) await retain(retention, old, successor);
    else {
        await dropPrevious(retention, old);
        await dropCollection(client, ref);
    }
    await outcome.dropped();
}

/** What `finishPreviousMigration` would refuse, for a preview. Errors: `MV326`. */
export async function requirePreviousMigrationSwitched(
    context: Context,
    props: PendingReplacement["props"],
): Promise<void> {
    const previous = await previousMigration(context, props);
    if (previous) await requireSwitched(previous);
}

async function previousMigration(
    context: Context,
    props: PendingReplacement["props"],
): Promise<PreviousMigration | undefined> {
    const { client, capabilities } = await server(context, props);
    const ref = await locate(client, props);
    const from = ref && (await observeMarker(client, ref)).marker?.from;
    if (!ref || from === undefined) return undefined;
    const found = await findOldCollection(client, ref, props, from);
    const old = found && (await observeCollection(client, found.ref));
    return old && { copy: { client, ref }, capabilities, from, old, successor: found.successor };
}

async function requireSwitched({ copy: { client, ref }, old }: PreviousMigration): Promise<void> {
    const aliases = await listAliases(client, refOf(old));
    if (aliases.length === 0) return;
    throw new RunError(
        "MV326",
        `${old.name}: the run that copied it to ${ref.name} ended before the alias ${aliases.join(", ")} moved, and clients write to it ` +
            "still. Run `pulumi up` with the program of that run until it ends well, then with this one",
    );
}

/** The old collection that names this one as its successor, and is not kept. */
async function findOldCollection(
    client: MilvusClient,
    ref: CollectionRef,
    props: PendingReplacement["props"],
    from: string,
): Promise<{ ref: CollectionRef; successor: Successor } | undefined> {
    for (const prefix of prefixesOf(hidden(props).name, ref, props.generation as string)) {
        const isPreviousGeneration = (marker: { generation: string; state: string } | undefined) =>
            marker?.generation === from && marker.state !== "previous";
        for (const name of await findGeneration(client, { ...ref, name: prefix }, isPreviousGeneration)) {
            const old = { ...ref, name };
            const successor = await readSuccessor(client, old);
            if (successor?.name === ref.name) return { ref: old, successor };
        }
    }
    return undefined;
}
