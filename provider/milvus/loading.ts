import type { Load } from "../spec/collection";
import type { MilvusClient } from "./client";
import { at, type CollectionRef } from "./collections";
import { isMilvusError } from "./errors";
import { poll } from "./poll";

export type LoadState = "loaded" | "loading" | "not-loaded" | "missing";

const states: Record<string, LoadState> = {
    LoadStateLoaded: "loaded",
    LoadStateLoading: "loading",
    LoadStateNotLoad: "not-loaded",
    LoadStateNotExist: "missing",
};

export async function loadState(client: MilvusClient, ref: CollectionRef): Promise<LoadState> {
    const answer = await client.call("GetLoadState", at(ref), { about: ref.name });
    return states[answer.state as string] ?? "missing";
}

/** Loads into memory and waits until the collection answers. Needs an index on every vector field. */
export async function loadCollection(
    client: MilvusClient,
    ref: CollectionRef,
    load: Load,
    progress: (percent: number) => void = () => undefined,
): Promise<void> {
    await client.call(
        "LoadCollection",
        { ...at(ref), replica_number: load.replicas, resource_groups: load.resourceGroups },
        { about: ref.name },
    );
    await poll(`loading ${ref.name}`, async () => {
        if ((await loadState(client, ref)) === "loaded") return { finished: true, mark: 100 };
        const percent = await loadingProgress(client, ref);
        progress(percent);
        return { finished: false, mark: percent };
    });
}

export async function releaseCollection(client: MilvusClient, ref: CollectionRef): Promise<void> {
    await client.call("ReleaseCollection", at(ref), { about: ref.name });
}

/** 0 to 100. A load that has just been asked for may not be known yet. */
async function loadingProgress(client: MilvusClient, ref: CollectionRef): Promise<number> {
    const answer = await client
        .call("GetLoadingProgress", at(ref), { about: ref.name })
        .catch((error: unknown) => {
            if (isMilvusError(error, "not-loaded", "unsupported")) return { progress: 0 };
            throw error;
        });
    return Number(answer.progress);
}
