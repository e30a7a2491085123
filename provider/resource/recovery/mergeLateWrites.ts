import type { MilvusClient } from "../../milvus/client";
import type { CollectionRef } from "../../milvus/collections";
import { findGeneration, observeMarker } from "../../observe/collection";
import { rowsAtStake } from "../../observe/rows";
import type { ObservedCollection, OwnershipMarker } from "../../observe/state";
import { BaselineFolder } from "../../migration/catchup/baselineFolder";
import { type Cutover, onlineCutover } from "../../migration/cutover/cutover";
import { progressPrinter } from "../../migration/progressPrinter";
import { requireIdentical } from "../../migration/catchup/requireIdentical";
import { RunError } from "../../migration/errors";
import { readBaselineId } from "../../migration/properties/baselineId";
import { readMapping } from "../../migration/properties/rowMapping";
import type { Endpoint } from "../../migration/read/endpoint";
import { type Context, type Props, server } from "../context/context";
import { activeCutovers, activeGenerations } from "../context/session";
import { hidden, recordedRef, refOf, stemOf } from "../context/identity";
import { collectionSpec } from "../context/inputs";

/** Where the rows of a collection are that is to be dropped. */
export interface MergeOutcome {
    /** Whether they are in the collection that is in charge now; a run may have made one that never was. */
    isActive: boolean;
    /** To be told of the drop. */
    dropped: () => Promise<void>;
}

/**
 * Sees to it that nothing written to a collection is lost with it, where another one has taken its rows over. The run
 * that copied them goes by what it knows; a later one by the hashes it left on this machine; without them both
 * collections have to be alike. Undefined where no other one has them. Errors: `MV320`, `MV321`, which keep both.
 */
export async function mergeLateWrites(
    context: Context,
    props: Props,
    client: MilvusClient,
    old: ObservedCollection,
    /** The one that it names. */
    named: CollectionRef | undefined,
): Promise<MergeOutcome | undefined> {
    const generation = props.generation as string;
    const own = activeCutovers.bySource(generation);
    const interrupted = own ? undefined : await interruptedCutover(context, props, client, old, named);
    const cutover = own ?? interrupted?.cutover;
    if (!cutover) return undefined;
    await cutover.finish();
    // What came along now may have come too late for the last pass of the one that goes at the same time.
    if (interrupted) await activeCutovers.bySource(interrupted.generation)?.finish();
    return {
        isActive: interrupted?.isActive ?? true,
        dropped: async () => {
            activeCutovers.remove(generation);
            await cutover.forget();
        },
    };
}

interface InterruptedCutover {
    cutover: Pick<Cutover, "finish" | "forget">;
    /** The successor's. */
    generation: string;
    isActive: boolean;
}

/** Of a migration whose run was cut between its switch and its end; undefined where nothing took the rows over. */
async function interruptedCutover(
    context: Context,
    props: Props,
    client: MilvusClient,
    observed: ObservedCollection,
    named: CollectionRef | undefined,
): Promise<InterruptedCutover | undefined> {
    const { owner, name } = hidden(props);
    const generation = props.generation as string;
    const old = refOf(observed);
    const namedMarker = named && (await observeMarker(client, named)).marker;
    // Once the resource is renamed, the one in charge goes by its new owner.
    const active = activeGenerations.of(owner) ?? (namedMarker && activeGenerations.of(namedMarker.owner));
    // `up` has been told which one is in charge, `destroy` has not.
    const isSuperseded = active !== undefined && active.generation !== generation;
    const successor = await successorOf(
        context,
        { client, ref: old },
        { owner, generation },
        { named, namedMarker, active },
    );
    /** Nothing is known of a successor, which is right where nothing took its place, or it has no rows. */
    const without = async (why: string): Promise<undefined> => {
        if (isSuperseded && (await rowsAtStake(client, observed)) > 0) throw rowsUnaccounted(old.name, why);
    };
    if (!successor) {
        if (named) return without("the collection that took its rows over is gone");
        // A `--replace` right after a rename of the stack starts empty: neither the engine nor a stamp tells what it was.
        return observed.marker?.owner === owner ? without("nothing took them over") : undefined;
    }
    const { marker, target } = successor;
    const source = { client, ref: old };
    const report = progressPrinter(name, context.print);
    const isActive = active?.generation === marker.generation;
    // Its keys are written as the program of the new one has them, and on its server.
    const own = isActive ? active : props;
    const spec = collectionSpec(own);
    const { batchBytes } = spec.migration;
    const baselineId = await readBaselineId(target.client, target.ref);
    const baseline = await BaselineFolder.find({
        owner,
        from: generation,
        to: marker.generation,
        baselineId,
    });
    if (baseline) {
        const { mapping, partitions, ranges } = baseline.manifest;
        const { folder } = baseline;
        const passes = { source, target, mapping, partitions, ranges, batchBytes, folder, report };
        const { capabilities } = await server(context, own);
        const cutover = onlineCutover({ spec, capabilities, passes, aliases: [], late: undefined });
        return { cutover, generation: marker.generation, isActive };
    }
    const mapping = await readMapping(target.client, target.ref);
    if (!mapping) return without(`${target.ref.name} does not tell how its rows were made`);
    const check = () => requireIdentical({ source, target, ...mapping, batchBytes, report });
    const cutover = { finish: check, forget: () => Promise.resolve() };
    return { cutover, generation: marker.generation, isActive };
}

function rowsUnaccounted(name: string, why: string): RunError {
    return new RunError(
        "MV321",
        `${name}: not dropped, nobody can tell whether all its rows came along: ${why}. ` +
            `Look at its rows, drop it by hand once nobody needs them, and run \`pulumi refresh\``,
    );
}

/**
 * By what the old one says; else the one in charge, which may be on another server; else by the names that copies get,
 * where nothing can be said on it (milvus-lite before 3).
 */
async function successorOf(
    context: Context,
    old: Endpoint,
    { owner, generation }: { owner: string; generation: string },
    {
        named,
        namedMarker,
        active,
    }: {
        named?: CollectionRef | undefined;
        namedMarker?: OwnershipMarker | undefined;
        active?: Props | undefined;
    },
): Promise<{ target: Endpoint; marker: OwnershipMarker } | undefined> {
    // The one in charge may have got a new owner since.
    const owners = [owner, active && hidden(active).owner];
    const tookOver = (marker: OwnershipMarker | undefined): marker is OwnershipMarker =>
        marker?.from === generation && marker.state === "live";
    const isSuccessor = (marker: OwnershipMarker | undefined): marker is OwnershipMarker =>
        tookOver(marker) && owners.includes(marker.owner);
    const { client, ref } = old;
    // What the old one itself names needs no owner to be known by.
    if (named && tookOver(namedMarker)) return { target: { client, ref: named }, marker: namedMarker };
    const candidates: Endpoint[] = [];
    if (active) candidates.push({ client: (await server(context, active)).client, ref: recordedRef(active) });
    if (!named) {
        const stem = { ...ref, name: stemOf(ref.name, generation) };
        for (const name of await findGeneration(client, stem, isSuccessor))
            candidates.push({ client, ref: { ...ref, name } });
    }
    for (const target of candidates) {
        const { marker } = await observeMarker(target.client, target.ref);
        if (isSuccessor(marker)) return { target, marker };
    }
    return undefined;
}
