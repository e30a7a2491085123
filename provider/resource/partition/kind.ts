import { parsePartition } from "../../inputs/parse";
import type { Partition } from "../../inputs/schema/partition";
import { RunError } from "../../migration/errors";
import { type CollectionRef, describeCollection } from "../../milvus/collection/collections";
import { loadPartitions, loadState } from "../../milvus/collection/loading";
import { createPartition, listPartitions } from "../../milvus/collection/partitions";
import { isMilvusError } from "../../milvus/transport/errors";
import type { Server } from "../context/context";
import type { ObjectKind, ObjectWork } from "../object";
import { collectionOf } from "./place";
import { leave, remove } from "./remove";

/** A partition of somebody else's collection. It follows the collection to its next generation. */
export const partitionKind: ObjectKind<Partition> = {
    type: "Partition",
    isNamed: true,
    database: "required",
    // A migration gives the collection another name, and carries the partition over: an update.
    identity: ["name", "database"],
    guides: ["adopt", "forceDestroy"],
    parse: parsePartition,
    title: ({ name, collection }) => `partition ${name} of ${collection}`,
    id: ({ database, collection, name }) => [database, collection, name].filter(Boolean).join("/"),
    argumentsOf: (id) => {
        const parts = id.split("/");
        const [name, collection, database] = parts.reverse();
        if (name && collection && parts.length <= 3)
            return { name, collection, ...(database !== undefined && { database }) };
        throw new RunError(
            "MV402",
            `${id} is no id of a Partition. Write collection/name, or database/collection/name: \`pulumi import milvus:index:Partition en docs/en\``,
        );
    },
    requireSupported,
    observe: async ({ client }, spec) => {
        const names = await listPartitions(client, collectionOf(spec)).catch((error: unknown): string[] => {
            // Without its collection there is no partition.
            if (isMilvusError(error, "not-found")) return [];
            throw error;
        });
        return names.includes(spec.name) ? {} : undefined;
    },
    create: async ({ at, spec }) => {
        await make(at, spec);
        return {};
    },
    update: async (work, deployed) => {
        if (deployed.collection !== work.spec.collection) await follow(work, deployed);
        return {};
    },
    remove,
};

/** The next generation has the partition, with its rows; any other collection gets an empty one. */
async function follow(work: ObjectWork<Partition>, deployed: Partition): Promise<void> {
    const { at, spec } = work;
    await requireSupported(at, spec);
    const there = await listPartitions(at.client, collectionOf(spec));
    if (!there.includes(spec.name)) await make(at, spec);
    await leave(work, deployed);
}

async function make({ client }: Server, spec: Partition): Promise<void> {
    const ref = collectionOf(spec);
    // Of a collection that is loaded as a whole, the server loads new partitions by itself.
    const isPartlyLoaded = (await loadState(client, ref)) === "loaded" && (await unloaded(client, ref));
    await createPartition(client, ref, spec.name);
    if (isPartlyLoaded) await loadPartitions(client, ref, [spec.name]);
}

/** Whether clients have loaded only some of its partitions. */
async function unloaded(client: Server["client"], ref: CollectionRef): Promise<boolean> {
    const names = await listPartitions(client, ref);
    for (const name of names) if ((await loadState(client, ref, [name])) !== "loaded") return true;
    return false;
}

/** Errors: `MV401`, `MV404` without the collection, `MV405` for one with a partition key. */
async function requireSupported({ client, capabilities }: Server, spec: Partition): Promise<void> {
    const { name, collection } = spec;
    if (!capabilities.partitions)
        throw new RunError(
            "MV401",
            `partition ${name} of ${collection}: ${capabilities.server} has no partitions. Leave the partition out, or update the server`,
        );
    const described = await describeCollection(client, collectionOf(spec));
    if (!described)
        throw new RunError(
            "MV404",
            `partition ${name}: there is no collection ${collection}. Create it first, or take its name from the outputs of its resource, so that Pulumi waits for it`,
        );
    if (described.fields.some(({ isPartitionKey }) => isPartitionKey))
        throw new RunError(
            "MV405",
            `partition ${name} of ${collection}: the collection has a partition key, and its server chooses the partitions by itself. Remove the resource`,
        );
}
