import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { describeIndexes, waitForIndexes } from "../../milvus/collection/indexes";
import { loadState, releaseCollection } from "../../milvus/collection/loading";
import { pause } from "../../milvus/transport/stopPoint";
import type { Collection, Load } from "../../inputs/schema/collection";
import { matchIndex } from "../../plan/diff/matchIndex";
import { buildable, completeIndex, requestIndex } from "./autoIndex";
import { loadAgain } from "./servedState";
import type { Report } from "../report";

/** Builds the declared indexes that are missing, and waits for them. */
export async function buildIndexes(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Collection,
    report: Report,
): Promise<void> {
    await requestIndexes(client, ref, spec);
    await waitForIndexes(client, ref, (done, total) => report.progress({ step: "index", done, total }));
}

/** Requests the declared indexes that are missing. The server builds them in the background. */
export async function requestIndexes(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Pick<Collection, "fields" | "indexes">,
): Promise<void> {
    const present = await describeIndexes(client, ref);
    const types = new Map(spec.fields.map(({ name, dataType }) => [name, dataType]));
    for (const index of spec.indexes) {
        const there = matchIndex(index, present);
        const wanted = await buildable(client, index, types.get(index.field));
        if (there === undefined) await requestIndex(client, ref, wanted);
        else await completeIndex(client, ref, wanted, there);
    }
}

/**
 * Loads the collection if the program asks for it, and waits until queries work; otherwise releases it, because
 * milvus-lite 3 loads it unasked.
 */
export async function load(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Pick<Collection, "load">,
    report: Report,
): Promise<void> {
    if (spec.load) return loadRenamed(client, ref, spec.load, report);
    if ((await loadState(client, ref)) === "loaded") await releaseCollection(client, ref);
}

/** How long a client's call that opens the collection beside the load may take. */
const OPENING_MS = 100;
/** Under clients that ask without pause, one load in four is lost (milvus-lite 3.2.2, measured). */
const LOADS = 10;

/**
 * Loads a collection that is not loaded, until it stays loaded. milvus-lite releases a collection when it renames it, and
 * opens it once for each client that asks for the new name at the same moment: of these it keeps the last one, which may not
 * be the one that was loaded.
 */
export async function loadRenamed(
    client: MilvusClient,
    ref: CollectionRef,
    load: Load,
    report: Report,
): Promise<void> {
    for (let left = LOADS; left > 0 && (await loadState(client, ref)) !== "loaded"; left--) {
        await loadAgain({ client, ref }, { load, partitions: undefined }, report);
        await pause(OPENING_MS);
    }
}
