import { isDeepStrictEqual } from "node:util";

import type { DescribedIndex } from "../../milvus/collection/indexes";
import { loadCollection, loadOf, loadPartitions, partitionsNotLoaded } from "../../milvus/collection/loading";
import type { MemorySetting } from "../../inputs/schema/memory";
import type { ObservedCollection, ObservedField, ObservedIndex } from "../../observe/state";
import { isDeclaredIndex } from "../../plan/strategy/existingIndex";
import type { Collection, Index, Load } from "../../inputs/schema/collection";
import { Params } from "../../inputs/schema/params";
import type { Endpoint } from "../read/endpoint";
import type { Report } from "../report";
import { buildable } from "./autoIndex";

/** What a collection was before a change in place, as far as it decides whether and how it serves. */
export interface ServedState {
    indexes: readonly ServedIndex[];
    /** How each field is kept in memory. */
    fields: readonly Pick<ObservedField, "name" | MemorySetting>[];
    properties: Readonly<Record<string, string>>;
    load: Load | undefined;
    aliases: readonly string[];
    /** The loaded partitions, where only some are loaded. */
    partitions: readonly string[] | undefined;
}

/** An index as the server describes it, and as it can be built again. */
export interface ServedIndex {
    there: ObservedIndex;
    build: Index;
}

/** Reads the state that a refused change has to restore. */
export async function servedState(
    { client, ref }: Endpoint,
    observed: ObservedCollection,
    deployed: Pick<Collection, "indexes">,
): Promise<ServedState> {
    const isPartly = observed.loadState === "partly-loaded";
    const unloaded = isPartly ? await partitionsNotLoaded(client, ref, observed) : [];
    const types = new Map(observed.fields.map(({ name, dataType }) => [name, dataType]));
    const indexes: ServedIndex[] = [];
    for (const there of observed.indexes) {
        const build = await buildable(client, asIndex(there, observed, deployed), types.get(there.field));
        indexes.push({ there, build });
    }
    return {
        indexes,
        fields: observed.fields,
        properties: observed.properties,
        aliases: observed.aliases,
        load:
            observed.loadState === "not-loaded"
                ? undefined
                : ((await loadOf(client, ref)) ?? { replicas: 1, resourceGroups: [] }),
        partitions: isPartly ? observed.partitions.filter((name) => !unloaded.includes(name)) : undefined,
    };
}

/** The declaration is more exact where the server returns another type for AUTOINDEX. */
function asIndex(
    { field, name, indexType, metricType, params }: ObservedIndex,
    observed: ObservedCollection,
    deployed: Pick<Collection, "indexes">,
): Index {
    const onField = deployed.indexes.filter((one) => one.field === field);
    // milvus-lite names an index after its field, whatever the program says.
    const declared = onField.length > 1 ? onField.find((one) => one.name === name) : onField[0];
    if (declared && (declared.indexType === "AUTOINDEX" || isDeclaredIndex(declared, observed)))
        return declared;
    const metric = metricType === undefined ? {} : { metricType };
    return { field, name, indexType, ...metric, params: Params.parse(params) };
}

/** Whether the server describes both in the same way. The state of a build does not count. */
export function isSameIndex(one: ObservedIndex, other: ObservedIndex | DescribedIndex): boolean {
    const settings = ({ field, name, indexType, metricType, params }: ObservedIndex) => ({
        ...{ field, name, indexType, metricType },
        params: { ...params },
    });
    return isDeepStrictEqual(settings(one), settings(other));
}

/** Loads a collection, or these partitions alone, and shows the progress. */
export async function loadAgain(
    { client, ref }: Pick<Endpoint, "client" | "ref">,
    { load, partitions }: Pick<ServedState, "load" | "partitions">,
    report: Report,
): Promise<void> {
    if (load === undefined) return;
    if (partitions !== undefined) return loadPartitions(client, ref, partitions);
    await loadCollection(client, ref, load, (percent) =>
        report.progress({ step: "load", done: percent, total: 100 }),
    );
}
