import { isVector } from "../inputs/schema/dataType";
import { defaultGroup } from "../milvus/cluster/resourceGroups";
import { listAliases } from "../milvus/collection/aliases";
import type { MilvusClient } from "../milvus/transport/client";
import { type CollectionRef, describeCollection } from "../milvus/collection/collections";
import { describeIndexes } from "../milvus/collection/indexes";
import { loadOf, loadState, partitionsNotLoaded } from "../milvus/collection/loading";
import { listPartitions } from "../milvus/collection/partitions";
import { schemaProgress } from "../milvus/collection/schemaVersion";
import { capabilities } from "./capabilities";
import { readMarker } from "./ownershipMarker";
import { withoutFence } from "./fence";
import { unfilledOf } from "./unfilled";
import type { ObservedCollection, ObservedField, ObservedIndex, OwnershipMarker } from "./state";

/** Observes a collection; undefined where it does not exist. `ref.name` is the collection's own name, not an alias. */
export async function observeCollection(
    client: MilvusClient,
    ref: CollectionRef,
): Promise<ObservedCollection | undefined> {
    const described = await describeCollection(client, ref);
    if (!described) return undefined;
    const [indexes, state, partitions, aliases] = await Promise.all([
        describeIndexes(client, ref),
        loadState(client, ref),
        listPartitions(client, ref),
        listAliases(client, ref),
    ]);
    const load = state === "loaded" ? await loadOf(client, ref) : undefined;
    const { marker, description, properties } = readMarker({
        ...described,
        properties: withoutFence(described.properties),
    });
    const { fields } = described;
    const { lite, schemaVersions } = await capabilities(client);
    const progress =
        schemaVersions && described.functions.length > 0 ? await schemaProgress(client, ref) : undefined;
    const isPartly =
        state === "loaded" && (await partitionsNotLoaded(client, ref, { fields, partitions })).length > 0;
    const unfilled = unfilledOf(described.properties);
    return {
        database: ref.database ?? client.database,
        name: ref.name,
        description,
        fields,
        functions: described.functions,
        enableDynamicField: described.enableDynamicField,
        shardsNum: described.shardsNum,
        // milvus-lite says Strong, whatever was asked for (measured on 3.2.2).
        consistencyLevel: lite ? undefined : described.consistencyLevel,
        properties,
        partitions,
        numPartitions: described.numPartitions,
        indexes: indexes.map((index) => withoutMetricOfScalar(index, fields)),
        loadState: isPartly ? "partly-loaded" : state === "missing" ? "not-loaded" : state,
        load: load && {
            ...load,
            resourceGroups: load.resourceGroups.filter((group) => group !== defaultGroup),
        },
        ...(progress && { schemaProgress: progress }),
        unmodelled: {
            isExternal: described.isExternal,
            hasNamespaces: described.hasNamespaces,
            unknown: described.unknown,
        },
        aliases,
        marker,
        ...(unfilled.length > 0 && { unfilled }),
        collectionId: described.collectionId,
    };
}

/** milvus-lite tells a metric of every index (3.2.2, measured); that of a scalar means nothing, and no program can declare it. */
function withoutMetricOfScalar(index: ObservedIndex, fields: readonly ObservedField[]): ObservedIndex {
    // The name of a vector in an Array of Structs, `chunks[vector]`, is that of no field.
    const field = fields.find(({ name }) => name === index.field);
    return field === undefined || isVector(field.dataType) ? index : { ...index, metricType: undefined };
}

/** The ownership marker of the collection with this name, and whether the collection exists. */
export async function observeMarker(
    client: MilvusClient,
    ref: CollectionRef,
): Promise<{ exists: boolean; marker: OwnershipMarker | undefined }> {
    const described = await describeCollection(client, ref);
    return described
        ? { exists: true, marker: readMarker(described).marker }
        : { exists: false, marker: undefined };
}
