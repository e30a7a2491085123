import { createCollection, deleteProperties, setProperties } from "../../milvus/collection/collections";
import { createMissingPartitions } from "../../milvus/collection/partitions";
import { markerDescription, markerProperties } from "../../observe/ownershipMarker";
import type { Capabilities, OwnershipMarker } from "../../observe/state";
import { knownField } from "../../plan/mapping/memorySettings";
import type { Collection } from "../../inputs/schema/collection";
import type { Endpoint } from "../read/endpoint";
import { requirePermitted, toCreate } from "./requirePermitted";

/** Creates the collection as declared, with its ownership marker and its partitions; without indexes, not loaded. */
export async function createWithMarker(
    endpoint: Endpoint,
    spec: Collection,
    marker: OwnershipMarker,
    /** Partitions of the source that are carried over, besides the declared ones. */
    carried: readonly string[] = [],
    /** Properties of the provider, if the server stores properties. */
    ownProperties: Record<string, string> = {},
): Promise<void> {
    const { client, capabilities, ref } = endpoint;
    await requirePermitted(endpoint, [
        ...toCreate,
        ...(spec.indexes.length > 0 ? (["CreateIndex"] as const) : []),
        ...(spec.load ? (["LoadPartitions"] as const) : []),
        ...(marker.from === undefined ? [] : (["Insert"] as const)),
    ]);
    const asProperties = capabilities.alterProperties;
    const keys: Record<string, string> =
        marker.from !== undefined && acceptsExplicitKeys(spec, capabilities)
            ? { [INSERT_AUTO_ID]: "true" }
            : {};
    const schema = { ...spec, fields: spec.fields.map((field) => knownField(field, capabilities)) };
    await createCollection(
        client,
        ref,
        asProperties ? schema : { ...schema, description: markerDescription(spec.description, marker) },
        asProperties
            ? { ...spec.properties, ...keys, ...markerProperties(marker), ...ownProperties }
            : spec.properties,
    );
    await createMissingPartitions(client, ref, partitionsOf(spec, carried));
}

/** Creates the missing partitions of a collection, as after a run that was interrupted between two calls. */
export function completePartitions(
    { client, ref }: Endpoint,
    spec: Collection,
    carried: readonly string[],
): Promise<void> {
    return createMissingPartitions(client, ref, partitionsOf(spec, carried));
}

const partitionsOf = ({ partitions }: Collection, carried: readonly string[]) => [
    ...new Set([...partitions, ...carried]),
];

/**
 * Milvus accepts explicit keys for an `autoId` field only with this property (2.6.3); milvus-lite 3 accepts them
 * without it.
 */
const INSERT_AUTO_ID = "allow_insert_auto_id";

/**
 * Makes the server generate the keys again, once the rows are copied. Does nothing if the program declares the property
 * itself.
 */
export async function disallowExplicitKeys(
    endpoint: Endpoint,
    spec: Pick<Collection, "fields" | "properties">,
): Promise<void> {
    const { client, capabilities, ref } = endpoint;
    if (acceptsExplicitKeys(spec, capabilities)) await deleteProperties(client, ref, [INSERT_AUTO_ID]);
}

/** Accepts rows with explicit keys again while `work` runs. */
export async function withExplicitKeys<T>(
    endpoint: Endpoint,
    spec: Pick<Collection, "fields" | "properties">,
    work: () => Promise<T>,
): Promise<T> {
    const { client, capabilities, ref } = endpoint;
    if (!acceptsExplicitKeys(spec, capabilities)) return work();
    await setProperties(client, ref, { [INSERT_AUTO_ID]: "true" });
    try {
        return await work();
    } finally {
        await disallowExplicitKeys(endpoint, spec);
    }
}

function acceptsExplicitKeys(
    spec: Pick<Collection, "fields" | "properties">,
    { insertAutoId, lite }: Capabilities,
): boolean {
    const declared = spec.properties[INSERT_AUTO_ID] !== undefined;
    return insertAutoId && !lite && !declared && spec.fields.some(({ autoId }) => autoId);
}
