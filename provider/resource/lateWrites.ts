import type { MilvusClient } from "../milvus/client";
import type { CollectionRef } from "../milvus/collections";
import { findGeneration, observeStamp } from "../observe/collection";
import { BaseFolder } from "../run/baseFolder";
import { type Handover, onlineHandover } from "../run/handover";
import { requireAlike } from "../run/requireAlike";
import { readMapping } from "../step/keptMapping";
import { readSuccessor } from "../step/successor";
import type { Stamp } from "../observe/state";
import { printer } from "../run/printer";
import { type Context, type Props, server } from "./context";
import { handovers } from "./handoff";
import { hidden } from "./identity";
import { collectionSpec } from "./recorded";

/**
 * Sees to it that nothing written to a collection is lost with it, where another one has taken its rows over. The run
 * that copied them goes by what it knows; a later one by the hashes it left on this machine; without them both
 * collections have to be alike. Undefined where no other one has them; what is returned is told of the drop.
 * Errors: `MV320`, `MV321`, which keep both.
 */
export async function settleLateWrites(
    context: Context,
    props: Props,
    client: MilvusClient,
    old: CollectionRef,
): Promise<{ dropped: () => Promise<void> } | undefined> {
    const generation = props.generation as string;
    const handover = handovers.from(generation) ?? (await cutHandover(context, props, client, old));
    if (!handover) return undefined;
    await handover.finish();
    return {
        dropped: async () => {
            handovers.done(generation);
            await handover.forget();
        },
    };
}

/** Of a migration whose run was cut between its switch and its end; undefined where nothing took the rows over. */
async function cutHandover(
    context: Context,
    props: Props,
    client: MilvusClient,
    old: CollectionRef,
): Promise<Pick<Handover, "finish" | "forget"> | undefined> {
    const { owner, name } = hidden(props);
    const generation = props.generation as string;
    const successor = await successorOf(client, old, { owner, generation });
    if (!successor) return undefined;
    const { stamp, ref } = successor;
    const target = { client, ref };
    const source = { client, ref: old };
    const report = printer(name, context.print);
    const spec = collectionSpec(props);
    const { batchBytes } = spec.migration;
    const kept = await BaseFolder.find({ owner, from: generation, to: stamp.generation });
    if (kept) {
        const { mapping, partitions, ranges } = kept.manifest;
        const { folder } = kept;
        const passes = { source, target, mapping, partitions, ranges, batchBytes, folder, report };
        const { capabilities } = await server(context, props);
        return onlineHandover({ spec, capabilities, passes, late: undefined });
    }
    const mapping = await readMapping(client, target.ref);
    if (!mapping) return undefined;
    const check = () => requireAlike({ source, target, ...mapping, batchBytes, report });
    return { finish: check, forget: () => Promise.resolve() };
}

/** By what the old one says; else by the names that copies get, where nothing can be said on it (milvus-lite before 3). */
async function successorOf(
    client: MilvusClient,
    old: CollectionRef,
    { owner, generation }: { owner: string; generation: string },
): Promise<{ ref: CollectionRef; stamp: Stamp } | undefined> {
    const isSuccessor = (stamp: Stamp | undefined): stamp is Stamp =>
        stamp?.owner === owner && stamp.from === generation && stamp.state === "live";
    const suffix = `_${generation}`;
    const prefix = old.name.endsWith(suffix) ? old.name.slice(0, -suffix.length) : old.name;
    const named = await readSuccessor(client, old);
    const found = named
        ? [named]
        : (await findGeneration(client, { ...old, name: prefix }, isSuccessor)).map((name) => ({
              ...old,
              name,
          }));
    for (const ref of found) {
        const { stamp } = await observeStamp(client, ref);
        if (isSuccessor(stamp)) return { ref, stamp };
    }
    return undefined;
}
