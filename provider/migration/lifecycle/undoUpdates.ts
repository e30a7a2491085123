import { deleteProperties, setProperties } from "../../milvus/collection/collections";
import { type DescribedIndex, describeIndexes, dropIndex } from "../../milvus/collection/indexes";
import { loadPartitions, loadState, releaseCollection } from "../../milvus/collection/loading";
import { listPartitions } from "../../milvus/collection/partitions";
import { changesMemory, destructive, type Update } from "../../plan/strategy/update";
import type { Endpoint } from "../read/endpoint";
import type { Report } from "../report";
import { requestIndex } from "./autoIndex";
import { awaitIndex } from "./awaitIndex";
import { undoRename } from "./renameInPlace";
import { isSameIndex, loadAgain, type ServedState } from "./servedState";
import { undoFieldMemory, undoIndexMemory } from "./undoMemory";

type Undo<K extends Update["kind"]> = (
    endpoint: Endpoint,
    update: Extract<Update, { kind: K }>,
    before: ServedState,
    report: Report,
) => Promise<void>;

/** An addition does not keep the collection from serving, and the next run goes on from it. */
const stays = () => Promise.resolve();

/** Undoes each update, whether the server carried it out or not: each one asks the server first. */
const undo: { [K in Update["kind"]]: Undo<K> } = {
    release: (endpoint, _update, before, report) => loadAgain(endpoint, before, report),
    load: release,
    // The collection serves before and after it.
    refresh: stays,
    "create-index": async (endpoint, { index: { field } }, before) => {
        const added = (await indexesOn(endpoint, field)).filter(
            (one) => !before.indexes.some(({ there }) => isSameIndex(there, one)),
        );
        for (const { name } of added) await dropIndex(endpoint.client, endpoint.ref, { field, name });
    },
    "drop-index": async (endpoint, { field }, before, report) => {
        const { client, ref } = endpoint;
        const now = await indexesOn(endpoint, field);
        const missing = before.indexes.filter(
            ({ there }) => there.field === field && !now.some((one) => isSameIndex(there, one)),
        );
        for (const { build } of missing) await requestIndex(client, ref, build);
        for (const { there } of before.indexes)
            if (there.field === field) await awaitIndex(client, ref, there, report);
    },
    "set-properties": async (endpoint, { properties }, before) => {
        const { client, capabilities, ref } = endpoint;
        const keys = Object.keys(properties);
        const added = keys.filter((key) => before.properties[key] === undefined);
        await setBack(endpoint, keys, before);
        if (added.length > 0 && capabilities.deleteProperties) await deleteProperties(client, ref, added);
    },
    "delete-properties": (endpoint, { keys }, before) => setBack(endpoint, keys, before),
    "add-field": stays,
    // The rows that it has filled are as declared.
    backfill: stays,
    "enable-dynamic-field": stays,
    "alter-field": undoFieldMemory,
    "alter-index": undoIndexMemory,
    "add-function": stays,
    "alter-function": stays,
    "alter-description": stays,
    "alter-consistency": stays,
    "create-partition": stays,
    // A partition is released before it is dropped.
    "drop-partition": async ({ client, ref }, { partition }, { load, partitions }) => {
        const wasLoaded = load !== undefined && (partitions?.includes(partition) ?? true);
        if (!wasLoaded || !(await listPartitions(client, ref)).includes(partition)) return;
        if ((await loadState(client, ref, [partition])) !== "loaded")
            await loadPartitions(client, ref, [partition]);
    },
    "drop-function": stays,
    "drop-field": stays,
    rename: ({ client, ref }, { to, load }, before, report) =>
        undoRename(client, ref, { to: to!, load }, before, report),
};

/**
 * Undoes the updates that a failure has left the collection with, so that it serves as before. Additions made before the
 * collection was released stay, and so does everything once it is loaded again.
 *
 * @param begun the updates up to the failed one, which the server may have carried out nevertheless
 * @returns whether anything was undone
 */
export async function undoUpdates(
    endpoint: Endpoint,
    begun: readonly Update[],
    before: ServedState,
    report: Report,
): Promise<boolean> {
    const run = (update: Update) =>
        (undo[update.kind] as Undo<typeof update.kind>)(endpoint, update, before, report);
    const first = begun.findIndex(
        (one) => one.kind === "release" || one.kind === "drop-index" || changesMemory(one),
    );
    const failed = begun.at(-1);
    if (failed === undefined) return false;
    // The destructive updates come after the load: by then the collection serves with what is new.
    if (destructive(failed)) {
        await run(failed);
        return false;
    }
    if (first < 0) {
        // A collection that serves has a new index that cannot be built. Servers that refuse to drop it keep it.
        if (failed.kind === "create-index") await run(failed).catch(() => undefined);
        return false;
    }
    const undone = begun.slice(first).toReversed();
    const isReleased = undone.some(({ kind }) => kind === "release");
    for (const update of undone) {
        // A refused index can load the collection and stay in its description (milvus-lite 3.2.2); an index of a loaded
        // collection is not dropped, and its memory not changed. One that was never released keeps serving.
        if (isReleased && (update.kind === "create-index" || changesMemory(update))) await release(endpoint);
        await run(update);
    }
    return true;
}

async function release({ client, ref }: Endpoint): Promise<void> {
    if ((await loadState(client, ref)) !== "not-loaded") await releaseCollection(client, ref);
}

async function indexesOn({ client, ref }: Endpoint, field: string): Promise<DescribedIndex[]> {
    return (await describeIndexes(client, ref)).filter((index) => index.field === field);
}

async function setBack(
    { client, ref }: Endpoint,
    keys: readonly string[],
    before: ServedState,
): Promise<void> {
    const values = keys.flatMap((key) => {
        const value = before.properties[key];
        return value === undefined ? [] : [[key, value] as const];
    });
    if (values.length > 0) await setProperties(client, ref, Object.fromEntries(values));
}
