import type { CollectionRef } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import { recordedAs } from "../context/compare";
import { configuredServer } from "../context/configuredServer";
import type { Context, Server } from "../context/context";
import { asDeployed } from "../context/drift";
import { idOf } from "../context/resourceId";
import type { CollectionRequest } from "../context/resourceState";
import { outputs } from "../context/outputs";
import type { HalfDone } from "./recordWhatIs";

/**
 * Throws the error of a creation. Where the collection is there all the same, without an index or not loaded, the error carries
 * it as it is, and Pulumi records that: the next `pulumi up` completes it.
 */
export async function recordUnfinished(
    context: Context,
    server: Server,
    { generation, props, spec }: Pick<CollectionRequest, "generation" | "props" | "spec">,
    ref: CollectionRef,
    error: unknown,
): Promise<never> {
    // A server that cannot be asked now keeps the marker of an unfinished collection, which the next run finds.
    const observed = await observeCollection(server.client, ref).catch(() => undefined);
    if (observed?.marker?.generation !== generation) throw error;
    const there = asDeployed(spec, observed, server.capabilities);
    const half: HalfDone & { id: string } = {
        id: idOf(spec.database, ref.name),
        properties: {
            ...props,
            ...(await outputs(server.client, ref, generation)),
            ...recordedAs(spec, there).recorded,
            __server: configuredServer(context, props),
        },
        reasons: [(error as Error).message],
    };
    throw Object.assign(error as Error, half);
}
