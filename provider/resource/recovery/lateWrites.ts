import type { MilvusClient } from "../../milvus/client";
import type { CollectionRef } from "../../milvus/collections";
import { findGeneration, observeStamp } from "../../observe/collection";
import { rowsAtStake } from "../../observe/rows";
import type { ObservedCollection, Stamp } from "../../observe/state";
import { BaseFolder } from "../../migration/catchup/baselineFolder";
import { type Handover, onlineHandover } from "../../migration/cutover/cutover";
import { printer } from "../../migration/progressPrinter";
import { requireAlike } from "../../migration/catchup/requireIdentical";
import { RunError } from "../../migration/errors";
import { readHashesName } from "../../migration/properties/baselineId";
import { readMapping } from "../../migration/properties/rowMapping";
import type { Side } from "../../migration/read/endpoint";
import { type Context, type Props, server } from "../context/context";
import { handovers, inCharge } from "../context/session";
import { hidden, recordedRef, refOf, stemOf } from "../context/identity";
import { collectionSpec } from "../context/inputs";

/** Where the rows of a collection are that is to be dropped. */
export interface Settled {
    /** Whether they are in the collection that is in charge now; a run may have made one that never was. */
    inCharge: boolean;
    /** To be told of the drop. */
    dropped: () => Promise<void>;
}

/**
 * Sees to it that nothing written to a collection is lost with it, where another one has taken its rows over. The run
 * that copied them goes by what it knows; a later one by the hashes it left on this machine; without them both
 * collections have to be alike. Undefined where no other one has them. Errors: `MV320`, `MV321`, `MV341`, `MV342`, which keep both.
 */
export async function settleLateWrites(
    context: Context,
    props: Props,
    client: MilvusClient,
    old: ObservedCollection,
    /** The one that it names. */
    named: CollectionRef | undefined,
): Promise<Settled | undefined> {
    const generation = props.generation as string;
    const own = handovers.from(generation);
    const cut = own ? undefined : await cutHandover(context, props, client, old, named);
    const handover = own ?? cut?.handover;
    if (!handover) return undefined;
    await handover.finish();
    // What came along now may have come too late for the last pass of the one that goes at the same time.
    if (cut) await handovers.from(cut.generation)?.finish();
    return {
        inCharge: cut?.inCharge ?? true,
        dropped: async () => {
            handovers.done(generation);
            await handover.forget();
        },
    };
}

interface CutHandover {
    handover: Pick<Handover, "finish" | "forget">;
    /** The successor's. */
    generation: string;
    inCharge: boolean;
}

/** Of a migration whose run was cut between its switch and its end; undefined where nothing took the rows over. */
async function cutHandover(
    context: Context,
    props: Props,
    client: MilvusClient,
    observed: ObservedCollection,
    named: CollectionRef | undefined,
): Promise<CutHandover | undefined> {
    const { owner, name } = hidden(props);
    const generation = props.generation as string;
    const old = refOf(observed);
    const heir = named && (await observeStamp(client, named)).stamp;
    // Once the resource is renamed, the one in charge goes by its new owner.
    const charge = inCharge.of(owner) ?? (heir && inCharge.of(heir.owner));
    // `up` has been told which one is in charge, `destroy` has not.
    const isSuperseded = charge !== undefined && charge.generation !== generation;
    const successor = await successorOf(
        context,
        { client, ref: old },
        { owner, generation },
        { named, heir, charge },
    );
    /** Nothing is known of a successor, which is right where nothing took its place, or it has no rows. */
    const without = async (why: string): Promise<undefined> => {
        if (isSuperseded && (await rowsAtStake(client, observed)) > 0) throw untold(old.name, why);
    };
    if (!successor) {
        if (named) return without("the collection that took its rows over is gone");
        // A `--replace` right after a rename of the stack starts empty: neither the engine nor a stamp tells what it was.
        return observed.stamp?.owner === owner ? without("nothing took them over") : undefined;
    }
    const { stamp, target } = successor;
    const source = { client, ref: old };
    const report = printer(name, context.print);
    const isInCharge = charge?.generation === stamp.generation;
    // Its keys are written as the program of the new one has them, and on its server.
    const own = isInCharge ? charge : props;
    const spec = collectionSpec(own);
    const { batchBytes } = spec.migration;
    const hashes = await readHashesName(target.client, target.ref);
    const kept = await BaseFolder.find({ owner, from: generation, to: stamp.generation, hashes });
    if (kept) {
        const { mapping, partitions, ranges } = kept.manifest;
        const { folder } = kept;
        const passes = { source, target, mapping, partitions, ranges, batchBytes, folder, report };
        const { capabilities } = await server(context, own);
        const handover = onlineHandover({ spec, capabilities, passes, aliases: [], late: undefined });
        return { handover, generation: stamp.generation, inCharge: isInCharge };
    }
    const mapping = await readMapping(target.client, target.ref);
    if (!mapping) return without(`${target.ref.name} does not tell how its rows were made`);
    const check = () => requireAlike({ source, target, ...mapping, batchBytes, report });
    const handover = { finish: check, forget: () => Promise.resolve() };
    return { handover, generation: stamp.generation, inCharge: isInCharge };
}

function untold(name: string, why: string): RunError {
    return new RunError(
        "MV342",
        `${name}: not dropped, it is unknown whether all its rows were carried over: ${why}. ` +
            `Look at its rows, drop it by hand once nobody needs them, and run \`pulumi refresh\``,
    );
}

/**
 * By what the old one says; else the one in charge, which may be on another server; else by the names that copies get,
 * where nothing can be said on it (milvus-lite before 3).
 */
async function successorOf(
    context: Context,
    old: Side,
    { owner, generation }: { owner: string; generation: string },
    {
        named,
        heir,
        charge,
    }: { named?: CollectionRef | undefined; heir?: Stamp | undefined; charge?: Props | undefined },
): Promise<{ target: Side; stamp: Stamp } | undefined> {
    // The one in charge may have got a new owner since.
    const owners = [owner, charge && hidden(charge).owner];
    const tookOver = (stamp: Stamp | undefined): stamp is Stamp =>
        stamp?.from === generation && stamp.state === "live";
    const isSuccessor = (stamp: Stamp | undefined): stamp is Stamp =>
        tookOver(stamp) && owners.includes(stamp.owner);
    const { client, ref } = old;
    // What the old one itself names needs no owner to be known by.
    if (named && tookOver(heir)) return { target: { client, ref: named }, stamp: heir };
    const candidates: Side[] = [];
    if (charge) candidates.push({ client: (await server(context, charge)).client, ref: recordedRef(charge) });
    if (!named) {
        const stem = { ...ref, name: stemOf(ref.name, generation) };
        for (const name of await findGeneration(client, stem, isSuccessor))
            candidates.push({ client, ref: { ...ref, name } });
    }
    for (const target of candidates) {
        const { stamp } = await observeStamp(target.client, target.ref);
        if (isSuccessor(stamp)) return { target, stamp };
    }
    return undefined;
}
