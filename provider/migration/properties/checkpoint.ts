import { createHash } from "node:crypto";

import { type CollectionRef, setProperties } from "../../milvus/collections";
import type { MilvusClient } from "../../milvus/client";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import type { Collection } from "../../inputs/schema/collection";
import { keyToJson, type KeyJson, keyFromJson } from "../keys/keyJson";
import { property } from "../../observe/properties";
import { packed, readProperty, unpacked } from "./codec";
import type { Range } from "../keys/keyRanges";
import { moduleVersion } from "../transform/transformModule";

/** How far a copy is: the smallest state that any machine can go on from. It stands on the copy itself. */
export interface Checkpoint {
    /** What is copied and how, as a hash: a copy of another plan is not gone on with. */
    plan: string;
    ranges: readonly Position[];
    /** Rows that are in the copy for sure. */
    rows: number;
}

/** A range of keys, and the last key whose row is in the copy for sure. */
export type Position = Pick<Range, "partition" | "begin" | "upTo" | "copied" | "done">;

/** The checkpoint of a copy that has not begun: one open range a partition. */
export function firstCheckpoint(plan: string, partitions: readonly (string | undefined)[]): Checkpoint {
    const open = { begin: undefined, upTo: undefined, copied: undefined, done: false };
    return { plan, rows: 0, ranges: partitions.map((partition) => ({ partition, ...open })) };
}

/** The same with an open range for each partition that clients have made since. */
export function withPartitions(
    checkpoint: Checkpoint,
    partitions: readonly (string | undefined)[],
): Checkpoint {
    const known = new Set(checkpoint.ranges.map(({ partition }) => partition));
    const fresh = partitions.filter((partition) => !known.has(partition));
    return { ...checkpoint, ranges: [...checkpoint.ranges, ...firstCheckpoint("", fresh).ranges] };
}

/** The checkpoint as a property of the copy: a thousand partitions fit. Empty where it is too large to be one. */
export function checkpointProperty(checkpoint: Checkpoint): Record<string, string> {
    const ranges = checkpoint.ranges.map(({ partition, begin, upTo, copied, done }) => [
        partition ?? null,
        ...[begin, upTo, copied].map(keyToJson),
        done ? 1 : 0,
    ]);
    return packed(property.checkpoint, { plan: checkpoint.plan, rows: checkpoint.rows, ranges });
}

/** False where it is too large: the last one that was not stays. */
export async function saveCheckpoint(
    client: MilvusClient,
    ref: CollectionRef,
    checkpoint: Checkpoint,
): Promise<boolean> {
    const property = checkpointProperty(checkpoint);
    if (Object.keys(property).length === 0) return false;
    await setProperties(client, ref, property);
    return true;
}

/** Undefined where the collection has none, or one that this release cannot read. */
export function readCheckpoint(client: MilvusClient, ref: CollectionRef): Promise<Checkpoint | undefined> {
    return readProperty(client, ref, property.checkpoint, (text) => {
        const { plan, rows, ranges } = unpacked(text) as {
            plan: string;
            rows: number;
            ranges: [string | null, KeyJson, KeyJson, KeyJson, number][];
        };
        return {
            plan,
            rows,
            ranges: ranges.map(([partition, begin, upTo, copied, done]) => ({
                partition: partition ?? undefined,
                begin: keyFromJson(begin),
                upTo: keyFromJson(upTo),
                copied: keyFromJson(copied),
                done: done === 1,
            })),
        };
    });
}

/**
 * What is copied from where to where, and how: equal for two runs that would make the same copy. Of a transform its module
 * counts, not how often and how many at once it is called.
 */
export function planHash(
    generation: string,
    spec: Collection,
    mapping: RowMapping,
    partitions: PartitionMapping,
): string {
    const { fields, functions, indexes, partitions: declared, numPartitions, properties } = spec;
    const { enableDynamicField, shardsNum, consistencyLevel, description, database } = spec;
    const target = [fields, functions, indexes, declared, numPartitions, properties, enableDynamicField];
    const rest = [shardsNum, consistencyLevel, description, database];
    const { module, fields: made } = mapping.transform ?? {};
    const transform = module && { module, made, version: moduleVersion(module) };
    const rows = { ...mapping, transform };
    // Clients may make and drop partitions between two runs: a copy that goes on has what it lacks copied.
    const partitionPlan = partitions.kind === "together" ? partitions : { ...partitions, carried: [] };
    const text = JSON.stringify([generation, target, rest, rows, partitionPlan], (_key, value: unknown) =>
        typeof value === "bigint" ? String(value) : value,
    );
    return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
