import { resolveName } from "../../milvus/aliases";
import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, dropCollection, setProperties } from "../../milvus/collections";
import { observeStamp } from "../../observe/collection";
import { stampProperties } from "../../observe/stamp";
import type { Capabilities, Stamp } from "../../observe/state";
import type { Collection } from "../../inputs/collection";
import { createStamped } from "./create";
import { RunError } from "../errors";
import { isUntouched, removeHalfBuilt } from "./abandonedCreate";
import type { Report } from "../report";
import { buildIndexes, load } from "./indexAndLoad";

export interface Build {
    client: MilvusClient;
    capabilities: Capabilities;
    ref: CollectionRef;
    spec: Collection;
    stamp: Omit<Stamp, "state">;
    report: Report;
}

/** Creates an empty collection that serves: schema, partitions, indexes, load. A failure takes it away again. */
export async function build({ client, capabilities, ref, spec, stamp, report }: Build): Promise<void> {
    await requireFree(client, ref, stamp.owner);
    await removeHalfBuilt(client, ref, stamp, report);
    await createStamped(client, ref, spec, { ...stamp, state: "building" }, capabilities);
    try {
        await buildIndexes(client, ref, spec, report);
        await load(client, ref, spec, report);
        await markLive(client, ref, stamp, capabilities);
    } catch (error) {
        await takeAway(client, ref, report);
        throw error;
    }
}

/** A client may have waited for the name, and written already. */
async function takeAway(client: MilvusClient, ref: CollectionRef, report: Report): Promise<void> {
    try {
        if (await isUntouched(client, ref)) await dropCollection(client, ref);
        else report.say(`${ref.name} holds rows already, and stays half built as it is`);
    } catch {
        report.say(`${ref.name} was left half built; the next \`pulumi up\` removes it where it is empty`);
    }
}

/** Says on the collection that it is in charge, where the server can. */
export async function markLive(
    client: MilvusClient,
    ref: CollectionRef,
    stamp: Omit<Stamp, "state">,
    capabilities: Capabilities,
): Promise<void> {
    if (capabilities.alterProperties)
        await setProperties(client, ref, stampProperties({ ...stamp, state: "live" }));
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
    const { stamp } = await observeStamp(client, ref);
    const isHalfBuilt = stamp?.owner === owner && stamp.state === "building";
    if (isHalfBuilt && (await isUntouched(client, ref))) return dropCollection(client, ref);
    if (stamp?.owner === owner && stamp.state === "previous")
        throw new RunError(
            "MV334",
            `name: the collection ${ref.name} is there already, kept by migration.keepPrevious. Go back to it with migration.rollback: "previous", or choose another name`,
        );
    if (stamp && stamp.owner !== owner)
        throw new RunError(
            "MV333",
            `name: the collection ${ref.name} is there already and belongs to ${stamp.owner}. Choose another name; or remove it there first (\`pulumi state delete\`), then set adopt: true`,
        );
    const whose = isHalfBuilt
        ? "is in use, though the run that was building it was cut"
        : stamp
          ? `belongs to ${stamp.owner}`
          : "was not made by this program";
    throw new RunError(
        "MV301",
        `name: a collection ${ref.name} is there already and ${whose}. Set adopt: true to manage it from here on, or choose another name`,
    );
}
