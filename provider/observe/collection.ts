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
import type { ObservedCollection, OwnershipMarker } from "./state";

/** The resource group that Milvus uses where none is named. */
const DEFAULT_GROUP = "__default_resource_group";

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
        indexes,
        loadState: isPartly ? "partly-loaded" : state === "missing" ? "not-loaded" : state,
        load: load && {
            ...load,
            resourceGroups: load.resourceGroups.filter((group) => group !== DEFAULT_GROUP),
        },
        ...(progress && { schemaProgress: progress }),
        unmodelled: {
            isExternal: described.isExternal,
            hasNamespaces: described.hasNamespaces,
            unknown: described.unknown,
        },
        aliases,
        marker,
        collectionId: described.collectionId,
    };
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
