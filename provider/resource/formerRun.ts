import { listAliases } from "../milvus/aliases";
import type { MilvusClient } from "../milvus/client";
import type { CollectionRef } from "../milvus/collections";
import { findGeneration, observeCollection, observeStamp } from "../observe/collection";
import type { Handover } from "../run/handover";
import { RunError } from "../step/error";
import { readSuccessor, type Successor } from "../step/successor";
import { type Context, server } from "./context";
import { handovers, type Predecessor } from "./handoff";
import { hidden, locate, prefixesOf } from "./identity";
import { settleLateWrites } from "./lateWrites";

/**
 * Ends what a run that was cut has left, before the next migration begins: Pulumi had noted its copy, and the old
 * collection waits for its deletion with rows that the copy may not have. Both would be dropped at once otherwise, and
 * nobody looks for what came to the copy late. Errors: `MV326` where clients are still sent to the old one; `MV320`, `MV321`.
 */
export async function endFormerRun(context: Context, { props }: Predecessor): Promise<void> {
    const { client } = await server(context, props);
    const ref = await locate(client, props);
    const stamp = ref && (await observeStamp(client, ref)).stamp;
    if (!ref || stamp?.from === undefined) return;
    const former = await waiting(client, ref, props, stamp.from);
    const observed = former && (await observeCollection(client, former.ref));
    if (!observed) return;
    const aliases = await listAliases(client, former.ref);
    if (aliases.length > 0 && (await listAliases(client, ref)).length === 0)
        throw notSwitched(former.ref, aliases, ref);
    const old = {
        ...props,
        __owner: observed.stamp?.owner,
        generation: stamp.from,
        collectionName: former.ref.name,
    };
    const settled = await settleLateWrites(context, old, client, observed, former.successor);
    if (settled) handovers.expect(stamp.from, { client, ref }, ended(settled.dropped));
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

/** What is left to do for its deletion: nothing, and both collections may go in any order. */
function ended(forget: Handover["forget"]): Handover {
    const done = () => Promise.resolve();
    return {
        moved: () => undefined,
        beforeSwitch: done,
        notSwitched: done,
        afterSwitch: done,
        finish: done,
        forget,
    };
}

function notSwitched(old: CollectionRef, aliases: string[], copy: CollectionRef): RunError {
    return new RunError(
        "MV326",
        `${old.name}: the run that copied it to ${copy.name} ended before the alias ${aliases.join(", ")} moved, and clients write to it ` +
            "still. Run `pulumi up` with the program of that run until it ends well, then with this one",
    );
}
