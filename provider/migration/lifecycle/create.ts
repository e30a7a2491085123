import type { MilvusClient } from "../../milvus/client";
import {
    createCollection,
    type CollectionRef,
    deleteProperties,
    setProperties,
} from "../../milvus/collections";
import { createMissingPartitions } from "../../milvus/partitions";
import { markerDescription, markerProperties } from "../../observe/ownershipMarker";
import type { Capabilities, OwnershipMarker } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";

/** Creates the collection as declared, stamped with its owner, with its partitions; no index, not loaded. */
export async function createWithMarker(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Collection,
    marker: OwnershipMarker,
    capabilities: Capabilities,
    /** Partitions that the rows bring along, besides the declared ones. */
    carried: readonly string[] = [],
    /** Properties of ours, where the server keeps such. */
    ownProperties: Record<string, string> = {},
): Promise<void> {
    const asProperties = capabilities.alterProperties;
    const keys: Record<string, string> =
        marker.from !== undefined && acceptsExplicitKeys(spec, capabilities)
            ? { [INSERT_AUTO_ID]: "true" }
            : {};
    await createCollection(
        client,
        ref,
        asProperties ? spec : { ...spec, description: markerDescription(spec.description, marker) },
        asProperties
            ? { ...spec.properties, ...keys, ...markerProperties(marker), ...ownProperties }
            : spec.properties,
    );
    await completePartitions(client, ref, spec, carried);
}

/** Creates the partitions that a collection of the same making lacks, as where a run was cut between two calls. */
export function completePartitions(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Collection,
    carried: readonly string[],
): Promise<void> {
    return createMissingPartitions(client, ref, [...new Set([...spec.partitions, ...carried])]);
}

/** Milvus takes the keys of rows that are there already where this says so (2.6.3); milvus-lite 3 takes them as it is. */
const INSERT_AUTO_ID = "allow_insert_auto_id";

/** Gives the keys back to the server, once the rows are in. Nothing to do where the program declares the property itself. */
export async function disallowExplicitKeys(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Pick<Collection, "fields" | "properties">,
    capabilities: Capabilities,
): Promise<void> {
    if (acceptsExplicitKeys(spec, capabilities)) await deleteProperties(client, ref, [INSERT_AUTO_ID]);
}

/** Lets rows with keys of their own in once more, for as long as `work` takes. */
export async function withExplicitKeys<T>(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Pick<Collection, "fields" | "properties">,
    capabilities: Capabilities,
    work: () => Promise<T>,
): Promise<T> {
    if (!acceptsExplicitKeys(spec, capabilities)) return work();
    await setProperties(client, ref, { [INSERT_AUTO_ID]: "true" });
    try {
        return await work();
    } finally {
        await disallowExplicitKeys(client, ref, spec, capabilities);
    }
}

function acceptsExplicitKeys(
    spec: Pick<Collection, "fields" | "properties">,
    { insertAutoId, lite }: Capabilities,
): boolean {
    const declared = spec.properties[INSERT_AUTO_ID] !== undefined;
    return insertAutoId && !lite && !declared && spec.fields.some(({ autoId }) => autoId);
}
