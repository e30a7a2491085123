import type { MilvusClient } from "../milvus/client";
import type { CollectionRef } from "../milvus/collections";
import { createIndex, describeIndexes, waitForIndexes } from "../milvus/indexes";
import { loadCollection, loadState } from "../milvus/loading";
import type { Collection } from "../spec/collection";
import type { Report } from "./report";

/** Builds the declared indexes that are not there yet, and waits for them. */
export async function buildIndexes(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Collection,
    report: Report,
): Promise<void> {
    const present = new Set((await describeIndexes(client, ref)).map(({ field }) => field));
    for (const index of spec.indexes) if (!present.has(index.field)) await createIndex(client, ref, index);
    await waitForIndexes(client, ref, (done, total) => report.progress({ step: "index", done, total }));
}

/** Loads the collection where the program asks for it, and waits until it answers. */
export async function load(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Collection,
    report: Report,
): Promise<void> {
    if (!spec.load || (await loadState(client, ref)) === "loaded") return;
    await loadCollection(client, ref, spec.load, (percent) =>
        report.progress({ step: "load", done: percent, total: 100 }),
    );
}
