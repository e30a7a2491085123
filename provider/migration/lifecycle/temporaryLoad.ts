import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, describeCollection } from "../../milvus/collection/collections";
import { createIndex, describeIndexes, dropIndex, waitForIndexes } from "../../milvus/collection/indexes";
import {
    loadCollection,
    loadPartitions,
    loadState,
    partitionsNotLoaded,
    refreshLoad,
    releaseCollection,
    releasePartitions,
} from "../../milvus/collection/loading";
import type { DescribedField } from "../../milvus/schema/fieldSchema";
import { listPartitions } from "../../milvus/collection/partitions";
import { areRead } from "../../milvus/rows/rows";
import { isVector } from "../../inputs/schema/dataType";
import { TEMPORARY_INDEX } from "../../plan/diff/matchIndex";
import { buildable } from "./autoIndex";
import type { Report } from "../report";

/**
 * Makes a collection answer queries over all its partitions, and returns how to restore its load state. Only a loaded
 * collection can be read, and only one with an index on every vector can be loaded. A loaded collection is left alone;
 * of a partially loaded one the other partitions are loaded.
 */
export async function loadTemporarily(
    client: MilvusClient,
    ref: CollectionRef,
    report: Report,
    purpose = "to read its rows",
): Promise<() => Promise<void>> {
    if ((await loadState(client, ref)) === "loaded") return loadRest(client, ref, report);
    const described = await describeCollection(client, ref);
    const indexed = new Set((await describeIndexes(client, ref)).map(({ field }) => field));
    const bare = (described?.fields ?? []).filter(
        (field) => isVector(field.dataType) && !indexed.has(field.name),
    );
    report.say(
        `${ref.name} is not loaded: loading it ${purpose}${bare.length > 0 ? `, with a temporary index on ${bare.map(({ name }) => name).join(", ")}` : ""}`,
    );
    for (const field of bare) {
        const index = {
            field: field.name,
            name: TEMPORARY_INDEX,
            indexType: "AUTOINDEX",
            metricType: metric(field.dataType),
            params: {},
        };
        await createIndex(client, ref, await buildable(client, index, field.dataType));
    }
    // Another index may never be built: a load needs none of them.
    if (bare.length > 0) await waitForIndexes(client, ref, () => undefined, ...bare.map(({ name }) => name));
    await loadCollection(client, ref, { replicas: 1, resourceGroups: [] });
    return async () => {
        await releaseCollection(client, ref);
        for (const field of bare) await dropIndex(client, ref, { field: field.name, name: TEMPORARY_INDEX });
    };
}

/** What of a collection is not loaded: all of it, or some partitions. */
export async function notLoaded(client: MilvusClient, ref: CollectionRef): Promise<"all" | string[]> {
    if ((await loadState(client, ref)) !== "loaded") return "all";
    const described = await describeCollection(client, ref);
    const partitions = await listPartitions(client, ref);
    return described ? partitionsNotLoaded(client, ref, { ...described, partitions }) : [];
}

/**
 * Loads vectors that were added since the load, by an interrupted run or by a client: no row could be read with them (issue
 * 47873). They stay loaded, as they would be after the next load.
 */
async function loadAdded(
    client: MilvusClient,
    ref: CollectionRef,
    fields: readonly DescribedField[],
    report: Report,
): Promise<void> {
    // An added vector is always nullable, and no other vector is before the release that can add one.
    const vectors = fields.filter(({ dataType, nullable }) => nullable && isVector(dataType));
    if (vectors.length === 0) return;
    const names = vectors.map(({ name }) => name);
    if (!(await areRead(client, ref, names))) {
        report.say(`${ref.name}: loading what was added to it (${names.join(", ")})`);
        await refreshLoad(client, ref);
    }
}

/**
 * Loads the partitions that are not loaded. They answer no query and are not counted, so their rows would be dropped
 * with the collection.
 */
async function loadRest(
    client: MilvusClient,
    ref: CollectionRef,
    report: Report,
): Promise<() => Promise<void>> {
    const partitions = await listPartitions(client, ref);
    const described = await describeCollection(client, ref);
    await loadAdded(client, ref, described?.fields ?? [], report);
    const rest = described ? await partitionsNotLoaded(client, ref, { ...described, partitions }) : [];
    if (rest.length === 0) return () => Promise.resolve();
    report.say(`${ref.name} is partially loaded: loading ${rest.join(", ")} to read all rows`);
    const restoreLoad = () => releasePartitions(client, ref, rest);
    try {
        await loadPartitions(client, ref, rest);
    } catch (error) {
        await restoreLoad().catch(() => undefined);
        throw error;
    }
    return restoreLoad;
}

function metric(dataType: string): string {
    if (dataType === "BinaryVector") return "HAMMING";
    return dataType === "SparseFloatVector" ? "IP" : "L2";
}
