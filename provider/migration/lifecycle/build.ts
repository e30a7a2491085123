import { resolveName } from "../../milvus/aliases";
import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, dropCollection, setProperties } from "../../milvus/collections";
import { observeMarker } from "../../observe/collection";
import { markerProperties } from "../../observe/ownershipMarker";
import type { Capabilities, OwnershipMarker } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { createWithMarker } from "./create";
import { RunError } from "../errors";
import { isEmptyAndUnused } from "./abandonedCreate";
import type { Report } from "../report";
import { buildIndexes, load } from "./indexAndLoad";

export interface Build {
    client: MilvusClient;
    capabilities: Capabilities;
    ref: CollectionRef;
    spec: Collection;
    marker: Omit<OwnershipMarker, "state">;
    report: Report;
}

/** Creates an empty collection that serves: schema, partitions, indexes, load. A failure takes it away again. */
export async function build({ client, capabilities, ref, spec, marker, report }: Build): Promise<void> {
    await requireFree(client, ref, marker.owner);
    await createWithMarker(client, ref, spec, { ...marker, state: "building" }, capabilities);
    try {
        await buildIndexes(client, ref, spec, report);
        await load(client, ref, spec, report);
        await markLive(client, ref, marker, capabilities);
    } catch (error) {
        await removeFailedBuild(client, ref, report);
        throw error;
    }
}

/** A client may have waited for the name, and written already. */
async function removeFailedBuild(client: MilvusClient, ref: CollectionRef, report: Report): Promise<void> {
    try {
        if (await isEmptyAndUnused(client, ref)) await dropCollection(client, ref);
        else report.say(`${ref.name} holds rows already, and stays half built as it is`);
    } catch {
        report.say(`${ref.name} was left half built; the next \`pulumi up\` removes it where it is empty`);
    }
}

/** Says on the collection that it is in charge, where the server can. */
export async function markLive(
    client: MilvusClient,
    ref: CollectionRef,
    marker: Omit<OwnershipMarker, "state">,
    capabilities: Capabilities,
    /** Further properties of ours. */
    properties: Record<string, string> = {},
): Promise<void> {
    if (capabilities.alterProperties)
        await setProperties(client, ref, {
            ...markerProperties({ ...marker, state: "live" }),
            ...properties,
        });
}

/**
 * Refuses a name that is taken, before anything is created: some servers answer a second creation with success. What
 * a broken run of the same resource has left under the name is removed, unless it is in use by now.
 */
export async function requireFree(client: MilvusClient, ref: CollectionRef, owner: string): Promise<void> {
    const taken = await resolveName(client, ref);
    if (taken.kind === "free") return;
    if (taken.kind === "alias")
        throw new RunError(
            "MV302",
            `name: ${ref.name} is an alias of ${taken.collection}, and a collection and an alias cannot share a name. Choose another name, or drop the alias`,
        );
    const { marker } = await observeMarker(client, ref);
    const isAbandoned = marker?.owner === owner && marker.state === "building";
    if (isAbandoned && (await isEmptyAndUnused(client, ref))) return dropCollection(client, ref);
    if (marker?.owner === owner && marker.state === "previous")
        throw new RunError(
            "MV334",
            `name: the collection ${ref.name} is there already, kept by migration.keepPrevious. Go back to it with migration.rollback: "previous", or choose another name`,
        );
    if (marker && marker.owner !== owner)
        throw new RunError(
            "MV333",
            `name: the collection ${ref.name} is there already and belongs to ${marker.owner}. Choose another name; or remove it there first (\`pulumi state delete\`), then set adopt: true`,
        );
    const whose = isAbandoned
        ? "is in use, though the run that was building it was interrupted"
        : marker
          ? `belongs to ${marker.owner}`
          : "was not made by this program";
    throw new RunError(
        "MV301",
        `name: a collection ${ref.name} is there already and ${whose}. Set adopt: true to manage it from here on, or choose another name`,
    );
}
