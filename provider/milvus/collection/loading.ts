import type { Load } from "../../inputs/schema/collection";
import type { MilvusClient } from "../transport/client";
import { at, type CollectionRef } from "./collections";
import { isMilvusError } from "../transport/errors";
import { BUILD_SECONDS, poll } from "../transport/poll";
import { retryRepeatable } from "../transport/retry";

export type LoadState = "loaded" | "loading" | "not-loaded" | "missing";

const states: Record<string, LoadState> = {
    LoadStateLoaded: "loaded",
    LoadStateLoading: "loading",
    LoadStateNotLoad: "not-loaded",
    LoadStateNotExist: "missing",
};

/** The state of all given partitions, or of the collection, which counts as loaded once any of its partitions is. */
export async function loadState(
    client: MilvusClient,
    ref: CollectionRef,
    partitions: readonly string[] = [],
): Promise<LoadState> {
    const request = { ...at(ref), partition_names: partitions };
    const answer = await client.call("GetLoadState", request, { about: ref.name });
    return states[answer.state as string] ?? "missing";
}

/** Requests a load, which Milvus carries out in the background. Every vector field needs an index, which need not be built. */
export async function requestLoad(client: MilvusClient, ref: CollectionRef, load: Load): Promise<void> {
    await client.call(
        "LoadCollection",
        { ...at(ref), replica_number: load.replicas, resource_groups: load.resourceGroups },
        { about: ref.name, atLeast: BUILD_SECONDS },
    );
}

/** Loads into memory and waits until the collection is loaded. Every vector field needs an index. */
export async function loadCollection(
    client: MilvusClient,
    ref: CollectionRef,
    load: Load,
    progress: (percent: number) => void = () => undefined,
): Promise<void> {
    const ask = () => requestLoad(client, ref, load);
    await ask();
    await poll(`loading ${ref.name}`, async () => {
        const state = await loadState(client, ref);
        if (state === "loaded") return { finished: true, mark: 100 };
        const percent = await loadingProgress(client, ref);
        // milvus-lite forgets a load that it has done when a client opens the collection in the same moment (3.2.2). A load
        // that failed is an error of the line above.
        if (state === "not-loaded") await ask();
        progress(percent);
        return { finished: false, mark: percent };
    });
}

/**
 * Loads what was added to a collection since it was loaded, while it serves. An added vector field is not loaded before, and
 * searches in it fail (issue 47873).
 */
export async function refreshLoad(
    client: MilvusClient,
    ref: CollectionRef,
    progress: (percent: number) => void = () => undefined,
): Promise<void> {
    await retryRepeatable(() =>
        client.call(
            "LoadCollection",
            { ...at(ref), refresh: true },
            { about: ref.name, atLeast: BUILD_SECONDS },
        ),
    );
    await poll(`loading what is new in ${ref.name}`, async () => {
        const answer = await client.call("GetLoadingProgress", at(ref), { about: ref.name });
        const percent = Number(answer.refresh_progress);
        progress(percent);
        return { finished: percent >= 100, mark: percent };
    });
}

/**
 * Partitions that are not in memory, of a collection that counts as loaded. A query that names no partition then
 * silently returns and counts only the rows of the others (Milvus 2.3.5, measured). With a partition key all partitions
 * load together.
 */
export async function partitionsNotLoaded(
    client: MilvusClient,
    ref: CollectionRef,
    { fields, partitions }: { fields: readonly { isPartitionKey: boolean }[]; partitions: readonly string[] },
): Promise<string[]> {
    if (partitions.length < 2 || fields.some(({ isPartitionKey }) => isPartitionKey)) return [];
    if ((await loadState(client, ref, partitions)) === "loaded") return [];
    const found: string[] = [];
    for (const name of partitions) if ((await loadState(client, ref, [name])) !== "loaded") found.push(name);
    return found;
}

/** Loads further partitions and waits until they are loaded. */
export async function loadPartitions(
    client: MilvusClient,
    ref: CollectionRef,
    partitions: readonly string[],
): Promise<void> {
    // Milvus rejects a number of replicas or resource groups that differ from those of the loaded partitions.
    const { replicas, resourceGroups } = (await loadOf(client, ref)) ?? { replicas: 1, resourceGroups: [] };
    await client.call(
        "LoadPartitions",
        {
            ...at(ref),
            partition_names: partitions,
            replica_number: replicas,
            resource_groups: resourceGroups,
        },
        { about: ref.name, atLeast: BUILD_SECONDS },
    );
    await poll(`loading partitions of ${ref.name}`, async () => ({
        finished: (await loadState(client, ref, partitions)) === "loaded",
        mark: await loadingProgress(client, ref, partitions),
    }));
}

export async function releasePartitions(
    client: MilvusClient,
    ref: CollectionRef,
    partitions: readonly string[],
): Promise<void> {
    await client.call(
        "ReleasePartitions",
        { ...at(ref), partition_names: partitions },
        { about: `${ref.name}/${partitions.join(", ")}` },
    );
}

/** The load settings of a collection; undefined if it is not loaded, or the server does not tell. */
export async function loadOf(client: MilvusClient, ref: CollectionRef): Promise<Load | undefined> {
    const answer = await client.call("GetReplicas", at(ref), { about: ref.name }).catch((error: unknown) => {
        if (isMilvusError(error, "not-found", "not-loaded", "unsupported", "forbidden"))
            return { replicas: [] };
        throw error;
    });
    const replicas = answer.replicas as { resource_group_name: string }[];
    if (replicas.length === 0) return undefined;
    const groups = new Set(replicas.map(({ resource_group_name: name }) => name).filter(Boolean));
    return { replicas: replicas.length, resourceGroups: [...groups].sort() };
}

export async function releaseCollection(client: MilvusClient, ref: CollectionRef): Promise<void> {
    await client.call("ReleaseCollection", at(ref), { about: ref.name });
}

/** 0 to 100. The server may not know yet of a load that was just requested. */
async function loadingProgress(
    client: MilvusClient,
    ref: CollectionRef,
    partitions: readonly string[] = [],
): Promise<number> {
    const answer = await client
        .call("GetLoadingProgress", { ...at(ref), partition_names: partitions }, { about: ref.name })
        .catch((error: unknown) => {
            if (isMilvusError(error, "not-loaded", "unsupported")) return { progress: 0 };
            throw error;
        });
    return Number(answer.progress);
}
