import { rowsText } from "../../inputs/report/figures";
import type { Partition } from "../../inputs/schema/partition";
import { RunError } from "../../migration/errors";
import { describeCollection } from "../../milvus/collection/collections";
import { dropPartition, listPartitions } from "../../milvus/collection/partitions";
import type { MilvusClient } from "../../milvus/transport/client";
import { observeCollection } from "../../observe/collection";
import { partitionRowsAtStake } from "../../observe/rows";
import { requirePermitted } from "../../migration/lifecycle/requirePermitted";
import type { Server } from "../context/context";
import type { ObjectWork } from "../object";
import { collectionOf } from "./place";

/** Drops an empty partition; with its rows where the program says so. Errors: `MV406`. */
export async function remove({ at, spec, name: logical, context }: ObjectWork<Partition>): Promise<void> {
    const { client } = at;
    if (!(await isThere(client, spec))) return;
    const rows = await rowsOf(client, spec);
    if (rows > 0 && !spec.forceDestroy)
        throw new RunError(
            "MV406",
            `partition ${spec.name} of ${spec.collection}: not dropped, it holds ${rowsText(rows)}. ` +
                "Delete them first, or set forceDestroy: true, run `pulumi up`, and then drop the partition with its rows",
        );
    if (rows > 0)
        context.print(
            `${logical}: dropping the partition ${spec.name} of ${spec.collection}, and its ${rowsText(rows)}`,
        );
    await drop(at, spec);
}

/** It is released first: who may not drop it must not take it out of memory either. */
async function drop(at: Server, spec: Partition): Promise<void> {
    const ref = collectionOf(spec);
    await requirePermitted({ ...at, ref }, ["DropPartition"]);
    await dropPartition(at.client, ref, spec.name);
}

/** The partition of the collection that the program named before: an empty one goes, and rows stay. */
export async function leave(
    { at, spec, name: logical, context }: ObjectWork<Partition>,
    deployed: Partition,
): Promise<void> {
    const { client } = at;
    if (!(await isThere(client, deployed))) return;
    // A collection that is being replaced is dropped as a whole, once its rows are carried over.
    if (await isSuccessor(client, spec, deployed)) return;
    const rows = await rowsOf(client, deployed);
    if (rows === 0) await drop(at, deployed);
    else
        context.print(
            `warning: ${logical}: the partition ${deployed.name} of ${deployed.collection} keeps its ${rowsText(rows)}. Drop it by hand once nobody needs them [MV407]`,
        );
}

async function isThere(client: MilvusClient, spec: Partition): Promise<boolean> {
    if ((await describeCollection(client, collectionOf(spec))) === undefined) return false;
    return (await listPartitions(client, collectionOf(spec))).includes(spec.name);
}

const rowsOf = (client: MilvusClient, spec: Partition): Promise<number> =>
    partitionRowsAtStake(client, collectionOf(spec), spec.name);

/** Whether a collection took over the rows of another. */
async function isSuccessor(client: MilvusClient, spec: Partition, deployed: Partition): Promise<boolean> {
    const [now, before] = [
        await observeCollection(client, collectionOf(spec)),
        await observeCollection(client, collectionOf(deployed)),
    ];
    return before?.marker !== undefined && now?.marker?.from === before.marker.generation;
}
