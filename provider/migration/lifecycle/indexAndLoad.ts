import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { createIndex, describeIndexes, waitForIndexes } from "../../milvus/collection/indexes";
import { loadCollection, loadState, releaseCollection } from "../../milvus/collection/loading";
import type { Collection } from "../../inputs/schema/collection";
import { matchIndex } from "../../plan/diff/matchIndex";
import { buildable } from "./autoIndex";
import type { Report } from "../report";

/** Builds the declared indexes that are missing, and waits for them. */
export async function buildIndexes(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Collection,
    report: Report,
): Promise<void> {
    const present = await describeIndexes(client, ref);
    const types = new Map(spec.fields.map(({ name, dataType }) => [name, dataType]));
    for (const index of spec.indexes.filter((one) => matchIndex(one, present) === undefined))
        await createIndex(client, ref, await buildable(client, index, types.get(index.field)));
    await waitForIndexes(client, ref, (done, total) => report.progress({ step: "index", done, total }));
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
    const loaded = (await loadState(client, ref)) === "loaded";
    if (!spec.load && loaded) await releaseCollection(client, ref);
    if (!spec.load || loaded) return;
    await loadCollection(client, ref, spec.load, (percent) =>
        report.progress({ step: "load", done: percent, total: 100 }),
    );
}
