import type { MilvusClient } from "../../milvus/client";
import type { CollectionRef } from "../../milvus/collections";
import { findGeneration, observeCollection, observeMarker } from "../../observe/collection";
import { diffCollection } from "../../plan/diff/diff";
import { progressPrinter } from "../../migration/progressPrinter";
import type { Collection } from "../../inputs/collection";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { hasActiveLease } from "../../migration/properties/lease";
import { readSuccessor } from "../../migration/properties/successor";
import { restoreOriginalName } from "../recovery/restoreOriginalName";
import { type Context, type Props, server } from "../context/context";
import { asDeployed } from "../context/drift";
import { pendingReplacements } from "../context/session";
import { hidden, locate, prefixesOf } from "../context/identity";

/** Arguments that somebody can change on the server behind the program's back. */
const watched = [
    "description",
    "fields",
    "enableDynamicField",
    "consistencyLevel",
    "properties",
    "partitions",
    "indexes",
    "load",
] as const;

/** The outputs as the server has them now; undefined where the generation is gone. */
export async function read(context: Context, props: Props, declared: Collection): Promise<Props | undefined> {
    const { client, capabilities } = await server(context, props);
    let ref = await locate(client, props);
    // A switch that was cut may have left it so, and nobody else asks where the program was put back.
    const isOurs = ref && (await observeMarker(client, ref)).marker?.owner === hidden(props).owner;
    if (ref && isOurs && !(await isSwitching(client, ref, props))) {
        await liftFence({ client, ref }, capabilities);
        ref = await restoreOriginalName(
            client,
            props,
            ref,
            progressPrinter(hidden(props).name, context.print),
        );
    }
    const observed = ref && (await observeCollection(client, ref));
    if (!observed) {
        // What is gone has no rows to hand on: the next `create` begins anew.
        pendingReplacements.cancel(hidden(props).owner);
        return undefined;
    }
    const deployed = asDeployed(declared, observed, capabilities);
    const drift = diffCollection(declared, deployed);
    if (drift.length === 0) return { ...props, collectionId: observed.collectionId ?? "" };
    const changed = watched.filter(
        (argument) => JSON.stringify(declared[argument]) !== JSON.stringify(deployed[argument]),
    );
    context.print(`${hidden(props).name}: changed outside of the program: ${changed.join(", ")}`);
    return {
        ...props,
        // Spelled out, for an index that nobody declared is implied by `load` alone.
        indexes: asArgument(deployed.indexes),
        ...Object.fromEntries(changed.map((argument) => [argument, asArgument(deployed[argument])])),
    };
}

/** A preview refreshes beside a run of `up`, which may have a copy of it in work. */
async function isSwitching(client: MilvusClient, ref: CollectionRef, props: Props): Promise<boolean> {
    if (!(await readSuccessor(client, ref))) return false;
    const generation = props.generation as string;
    for (const prefix of prefixesOf(hidden(props).name, ref, generation)) {
        const at = { ...ref, name: prefix };
        for (const name of await findGeneration(client, at, (marker) => marker?.from === generation))
            if (await hasActiveLease(client, { ...ref, name })) return true;
    }
    return false;
}

/** A normalised value as a program would write it: without what is left at its default. */
function asArgument(value: unknown): unknown {
    // `load` in its argument form: false stands for a collection that is not loaded.
    if (value === undefined) return false;
    if (Array.isArray(value)) return value.map(asArgument);
    if (typeof value !== "object" || value === null) return value;
    const set = Object.entries(value).filter(
        ([, part]) => part !== undefined && part !== false && part !== "",
    );
    return Object.fromEntries(set);
}
