import { listAliases } from "../../milvus/collection/aliases";
import type { MilvusClient } from "../../milvus/transport/client";
import {
    addField,
    addFunction,
    alterField,
    alterFunction,
    dropField,
    dropFunction,
} from "../../milvus/collection/alterSchema";
import {
    type CollectionRef,
    deleteProperties,
    describeCollection,
    setProperties,
} from "../../milvus/collection/collections";
import { alterIndex, describeIndexes, dropIndex } from "../../milvus/collection/indexes";
import { refreshLoad, releaseCollection } from "../../milvus/collection/loading";
import { flush } from "../../milvus/rows/rows";
import { capabilities } from "../../observe/capabilities";
import { createPartition, dropPartition, listPartitions } from "../../milvus/collection/partitions";
import type { Update } from "../../plan/strategy/update";
import { buildable, requestIndex } from "./autoIndex";
import { awaitIndex } from "./awaitIndex";
import { backfillRows } from "./backfillRows";
import { renameInPlace } from "./renameInPlace";
import { loadAgain } from "./servedState";
import type { Report } from "../report";

type Run<K extends Update["kind"]> = (
    client: MilvusClient,
    ref: CollectionRef,
    update: Extract<Update, { kind: K }>,
    report: Report,
) => Promise<void>;

/** Each update can run again after a failure: one that is already applied is no error. */
const run: { [K in Update["kind"]]: Run<K> } = {
    "add-field": async (client, ref, { field }) => {
        if (await hasField(client, ref, field.name)) return;
        await flushBeforeAdd(client, ref);
        await addField(client, ref, field);
    },
    backfill: async (client, ref, { fields }, report) =>
        backfillRows({ client, ref, capabilities: await capabilities(client) }, fields, report),
    "enable-dynamic-field": async (client, ref) => {
        await flushBeforeAdd(client, ref);
        await setProperties(client, ref, { "dynamicfield.enabled": "true" });
    },
    "alter-field": async (client, ref, { field, properties, deletes = [] }) => {
        if (deletes.length > 0) await alterField(client, ref, field, {}, deletes);
        if (Object.keys(properties).length > 0) await alterField(client, ref, field, properties);
    },
    "alter-index": (client, ref, { index, ...params }) => alterIndex(client, ref, index, params),
    "add-function": async (client, ref, update) => {
        if (!(await hasFunction(client, ref, update.function.name))) await addFunction(client, ref, update);
    },
    "alter-function": (client, ref, { function: altered }) => alterFunction(client, ref, altered),
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
    "drop-index": async (client, ref, { field, index }) => {
        const there = await describeIndexes(client, ref);
        // The server names the dynamic field, not its key.
        if (there.some((one) => one.field === field || one.name === index))
            await dropIndex(client, ref, { field, name: index });
    },
    "create-index": async (client, ref, { index, isNew }, report) => {
        const described = await describeCollection(client, ref);
        const field = described?.fields.find(({ name }) => name === index.field);
        await requestIndex(client, ref, await buildable(client, index, field?.dataType));
        await awaitIndex(client, ref, { ...index, isNew }, report);
    },
    refresh: (client, ref, _update, report) =>
        refreshLoad(client, ref, (percent) => report.progress({ step: "load", done: percent, total: 100 })),
    "drop-partition": async (client, ref, { partition }) => {
        if ((await listPartitions(client, ref)).includes(partition))
            await dropPartition(client, ref, partition);
    },
    "drop-function": async (client, ref, { function: name }) => {
        if (await hasFunction(client, ref, name)) await dropFunction(client, ref, name);
    },
    "drop-field": async (client, ref, { field }) => {
        if (await hasField(client, ref, field)) await dropField(client, ref, field);
    },
    rename: async (client, ref, { to, load }, report) =>
        renameInPlace(client, ref, { to: to!, load }, await listAliases(client, ref), report),
    load: (client, ref, { load, partitions }, report) =>
        loadAgain({ client, ref }, { load, partitions }, report),
};

/**
 * Rows in memory that are not flushed do not get an added field (before 2.6.2, issue 44412), and with several shards they can end
 * a node when fields are added one after the other (issue 51835).
 */
async function flushBeforeAdd(client: MilvusClient, ref: CollectionRef): Promise<void> {
    const { flushesBeforeAdd, lite } = await capabilities(client);
    if (lite) return;
    if (flushesBeforeAdd || ((await describeCollection(client, ref))?.shardsNum ?? 1) > 1)
        await flush(client, ref);
}

async function hasField(client: MilvusClient, ref: CollectionRef, name: string): Promise<boolean> {
    return has((await describeCollection(client, ref))?.fields, name);
}

async function hasFunction(client: MilvusClient, ref: CollectionRef, name: string): Promise<boolean> {
    return has((await describeCollection(client, ref))?.functions, name);
}

function has(list: readonly { name: string }[] | undefined, name: string): boolean {
    return list?.some((one) => one.name === name) ?? false;
}

export async function applyUpdate(
    client: MilvusClient,
    ref: CollectionRef,
    update: Update,
    report: Report,
): Promise<void> {
    await (run[update.kind] as Run<typeof update.kind>)(client, ref, update, report);
}

/** Applies the updates of a plan in their order. */
export async function applyUpdates(
    client: MilvusClient,
    ref: CollectionRef,
    updates: readonly Update[],
    report: Report,
): Promise<void> {
    for (const update of updates) await applyUpdate(client, ref, update, report);
}
