import type { MilvusClient } from "../milvus/client";
import { type CollectionRef, deleteProperties, setProperties } from "../milvus/collections";
import { createIndex, dropIndex, waitForIndexes } from "../milvus/indexes";
import { loadCollection, releaseCollection } from "../milvus/loading";
import { createPartition, dropPartition, listPartitions } from "../milvus/partitions";
import type { Update } from "../plan/update";
import type { Report } from "../step/report";

type Run<K extends Update["kind"]> = (
    client: MilvusClient,
    ref: CollectionRef,
    update: Extract<Update, { kind: K }>,
    report: Report,
) => Promise<void>;

/** Each can be run again after a failure: what is done already is no error. */
const run: { [K in Update["kind"]]: Run<K> } = {
    release: (client, ref) => releaseCollection(client, ref),
    "set-properties": (client, ref, { properties }) => setProperties(client, ref, properties),
    "delete-properties": (client, ref, { keys }) => deleteProperties(client, ref, keys),
    "alter-description": (client, ref, { description }) =>
        setProperties(client, ref, { "collection.description": description }),
    "alter-consistency": (client, ref, { consistencyLevel }) =>
        setProperties(client, ref, { consistency_level: consistencyLevel }),
    "create-partition": async (client, ref, { partition }) => {
        if (!(await listPartitions(client, ref)).includes(partition))
            await createPartition(client, ref, partition);
    },
    "drop-index": (client, ref, { field, index }) => dropIndex(client, ref, { field, name: index }),
    "create-index": async (client, ref, { index }, report) => {
        await createIndex(client, ref, index);
        await waitForIndexes(client, ref, (done, total) => report.progress({ step: "index", done, total }));
    },
    "drop-partition": async (client, ref, { partition }) => {
        if ((await listPartitions(client, ref)).includes(partition))
            await dropPartition(client, ref, partition);
    },
    load: (client, ref, { load }, report) =>
        loadCollection(client, ref, load, (percent) =>
            report.progress({ step: "load", done: percent, total: 100 }),
        ),
};

/** Runs the updates of a plan in their order. */
export async function applyUpdates(
    client: MilvusClient,
    ref: CollectionRef,
    updates: readonly Update[],
    report: Report,
): Promise<void> {
    for (const update of updates)
        await (run[update.kind] as Run<typeof update.kind>)(client, ref, update, report);
}
