import { dropCollection } from "../../milvus/access/drop";
import { resolveName } from "../../milvus/collection/aliases";
import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { observeMarker } from "../../observe/collection";
import { markerProperties } from "../../observe/ownershipMarker";
import type { OwnershipMarker } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { createWithMarker } from "./create";
import { isRetryable, RunError } from "../errors";
import { isEmptyAndUnused } from "./abandonedCreate";
import type { Report } from "../report";
import type { Endpoint } from "../read/endpoint";
import { buildIndexes, load } from "./indexAndLoad";

export interface Build extends Endpoint {
    spec: Collection;
    marker: Omit<OwnershipMarker, "state">;
    report: Report;
}

/**
 * Creates an empty collection and puts it in service: schema, partitions, indexes, load. After a retryable error it is kept,
 * and the next run completes it; after any other error it is dropped.
 */
export async function build({ spec, marker, report, ...endpoint }: Build): Promise<void> {
    const { client, ref } = endpoint;
    await requireFree(client, ref, marker.owner);
    await createWithMarker(endpoint, spec, { ...marker, state: "building" });
    try {
        await buildIndexes(client, ref, spec, report);
        await load(client, ref, spec, report);
        await markLive(endpoint, marker);
    } catch (error) {
        if (!isRetryable(error)) await removeFailedBuild(client, ref, report);
        throw error;
    }
}

/** Drops the unfinished collection, unless a client has already written to it. */
async function removeFailedBuild(client: MilvusClient, ref: CollectionRef, report: Report): Promise<void> {
    try {
        if (await isEmptyAndUnused(client, ref)) await dropCollection(client, ref);
        else report.say(`${ref.name} already holds rows, so the unfinished collection is kept`);
    } catch {
        report.say(
            `warning: ${ref.name} is unfinished and could not be dropped; the next \`pulumi up\` drops it if it is empty`,
        );
    }
}

/** Sets the ownership marker to `live`, if the server stores properties. */
export async function markLive(
    { client, capabilities, ref }: Endpoint,
    marker: Omit<OwnershipMarker, "state">,
    /** Further properties of the provider. */
    properties: Record<string, string> = {},
): Promise<void> {
    if (capabilities.alterProperties)
        await setProperties(client, ref, {
            ...markerProperties({ ...marker, state: "live" }),
            ...properties,
        });
}

/**
 * Fails if the name is taken, before anything is created: some servers answer a second creation with success. A
 * collection that an interrupted run of the same resource left unfinished is dropped, unless it is in use. Errors:
 * `MV301`, `MV302`, `MV333`, `MV334`.
 */
export async function requireFree(client: MilvusClient, ref: CollectionRef, owner: string): Promise<void> {
    const conflict = await nameConflict(client, ref, owner);
    if (conflict === "abandoned") return dropCollection(client, ref);
    if (conflict) throw conflict;
}

/** Why the name is not free; `abandoned` where what has it may be dropped; undefined where it is free. Changes nothing. */
export async function nameConflict(
    client: MilvusClient,
    ref: CollectionRef,
    owner: string,
): Promise<RunError | "abandoned" | undefined> {
    const taken = await resolveName(client, ref);
    if (taken.kind === "free") return undefined;
    if (taken.kind === "alias")
        return new RunError(
            "MV302",
            `name: ${ref.name} is an alias of ${taken.collection}, and a collection and an alias cannot share a name. Choose another name, or drop the alias`,
        );
    const { marker } = await observeMarker(client, ref);
    const isAbandoned = marker?.owner === owner && marker.state === "building";
    if (isAbandoned && (await isEmptyAndUnused(client, ref))) return "abandoned";
    if (marker?.owner === owner && marker.state === "previous")
        return new RunError(
            "MV334",
            `name: the collection ${ref.name} already exists; migration.keepPrevious retains it. Roll back to it with migration.rollback: "previous", or choose another name`,
        );
    if (marker && marker.owner !== owner)
        return new RunError(
            "MV333",
            `name: the collection ${ref.name} already exists and belongs to ${marker.owner}. Choose another name; or, to take it over, set adopt: true and run \`pulumi up\`, which says how`,
        );
    const whose = isAbandoned
        ? "is in use, though the run that was building it was interrupted"
        : marker
          ? `belongs to ${marker.owner}`
          : "was not created by this program";
    return new RunError(
        "MV301",
        `name: a collection ${ref.name} already exists and ${whose}. Set adopt: true to manage it, or choose another name`,
    );
}
