import { type CollectionRef, describeCollection, setProperties } from "../../milvus/collection/collections";
import { describeIndexes, dropIndex } from "../../milvus/collection/indexes";
import { releaseCollection, releasePartitions } from "../../milvus/collection/loading";
import type { MilvusClient } from "../../milvus/transport/client";
import { property } from "../../observe/properties";
import { TEMPORARY_INDEX } from "../../plan/diff/matchIndex";
import { loadTemporarily, notLoaded } from "../lifecycle/temporaryLoad";
import type { Report } from "../report";
import type { ShardWork } from "./shardWork";

/** What workers have loaded of an old collection, which nobody had loaded before. */
interface SourceLoad {
    name: string;
    loaded: "all" | string[];
}

/**
 * Loads a source that is not loaded, so that its rows can be read. It stays loaded until the shards are combined: the worker
 * that ends first must not release it under the others. What was not loaded is written down before, so that any process can
 * release it again.
 */
export async function loadSource({
    source,
    target,
    report,
}: Pick<ShardWork, "source" | "target" | "report">): Promise<void> {
    const loaded = await notLoaded(source.client, source.ref);
    if (loaded.length > 0 && !(await readSourceLoad(target.client, target.ref))) {
        const { name } = source.ref;
        const written: SourceLoad = { name, loaded };
        await setProperties(target.client, target.ref, { [property.sourceLoad]: JSON.stringify(written) });
    }
    await loadTemporarily(
        source.client,
        source.ref,
        report,
        "to read its rows, until all of them are copied",
    );
}

/** Releases what workers have loaded of the old collection of a copy. Can be run again. Does nothing where they loaded nothing. */
export async function releaseSource(
    client: MilvusClient,
    copy: CollectionRef,
    report: Pick<Report, "say">,
): Promise<void> {
    const found = await readSourceLoad(client, copy);
    if (!found) return;
    const source = { database: copy.database, name: found.name };
    if (await describeCollection(client, source)) {
        report.say(`${source.name}: releasing what workers have loaded of it`);
        if (found.loaded === "all") await unload(client, source);
        else await releasePartitions(client, source, found.loaded);
    }
    await setProperties(client, copy, { [property.sourceLoad]: "" });
}

/** Releases a collection, and drops the indexes without which it could not be loaded. */
export async function unload(client: MilvusClient, ref: CollectionRef): Promise<void> {
    await releaseCollection(client, ref);
    for (const { field, name } of await describeIndexes(client, ref))
        if (name === TEMPORARY_INDEX) await dropIndex(client, ref, { field, name });
}

async function readSourceLoad(client: MilvusClient, copy: CollectionRef): Promise<SourceLoad | undefined> {
    const text = (await describeCollection(client, copy))?.properties[property.sourceLoad];
    return text ? (JSON.parse(text) as SourceLoad) : undefined;
}
