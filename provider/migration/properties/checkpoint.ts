import { createHash } from "node:crypto";

import { type CollectionRef, describeCollection, setProperties } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import { serverTime } from "../../milvus/rows/readPoint";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import type { Collection } from "../../inputs/schema/collection";
import { keyToJson, type KeyJson, keyFromJson } from "../keys/keyJson";
import { property } from "../../observe/properties";
import { hasShards } from "../../observe/shards";
import { unpacked } from "../../observe/unpacked";
import { RunError } from "../errors";
import { packed } from "./codec";
import type { Range } from "../keys/keyRanges";
import { moduleVersion } from "../transform/transformModule";

/** The progress of a copy: the smallest state from which any machine can resume it. It is stored on the copy itself. */
export interface Checkpoint {
    /** The hash of what is copied and how. A copy with another plan hash is not resumed. */
    plan: string;
    ranges: readonly Position[];
    /** The number of rows that are certainly in the copy. */
    rows: number;
}

/** A range of keys, and the last key whose row is certainly in the copy. */
export type Position = Pick<Range, "partition" | "begin" | "upTo" | "copied" | "done">;

/** The checkpoint of a new copy: one full range per partition. */
export function firstCheckpoint(plan: string, partitions: readonly (string | undefined)[]): Checkpoint {
    const open = { begin: undefined, upTo: undefined, copied: undefined, done: false };
    return { plan, rows: 0, ranges: partitions.map((partition) => ({ partition, ...open })) };
}

/** Adds a full range for each partition that clients have created since. */
export function withPartitions(
    checkpoint: Checkpoint,
    partitions: readonly (string | undefined)[],
): Checkpoint {
    const known = new Set(checkpoint.ranges.map(({ partition }) => partition));
    const fresh = partitions.filter((partition) => !known.has(partition));
    return { ...checkpoint, ranges: [...checkpoint.ranges, ...firstCheckpoint("", fresh).ranges] };
}

/** The checkpoint as a property of the copy; a thousand partitions fit. Empty if it is too large for a property. */
export function checkpointProperty(
    checkpoint: Checkpoint,
    /** Rows per second since the last checkpoint, for people who look at the copy. */
    rate?: number,
    /** The property that holds it: a shard of a copy has a checkpoint of its own. */
    key: string = property.checkpoint,
    /** The server's clock now, for people as well. */
    at?: number,
): Record<string, string> {
    const { plan, rows } = checkpoint;
    return packed(key, { plan, rows, ranges: checkpoint.ranges.map(positionToJson), rate, at });
}

/** A position in JSON: partition, bounds, last copied key, and whether it is done. */
export type PositionJson = [string | null, KeyJson, KeyJson, KeyJson, number];

export function positionToJson({ partition, begin, upTo, copied, done }: Position): PositionJson {
    return [partition ?? null, keyToJson(begin), keyToJson(upTo), keyToJson(copied), done ? 1 : 0];
}

export function positionFromJson([partition, begin, upTo, copied, done]: PositionJson): Position {
    return {
        partition: partition ?? undefined,
        begin: keyFromJson(begin),
        upTo: keyFromJson(upTo),
        copied: keyFromJson(copied),
        done: done === 1,
    };
}

/** False if it is too large; the last smaller one stays. */
export async function saveCheckpoint(
    client: MilvusClient,
    ref: CollectionRef,
    checkpoint: Checkpoint,
    rate?: number,
    key?: string,
): Promise<boolean> {
    const written = checkpointProperty(checkpoint, rate, key, await serverTime(client));
    if (Object.keys(written).length === 0) return false;
    await setProperties(client, ref, written);
    return true;
}

/**
 * Undefined if the collection has none, or one that this release cannot read. Errors: `MV380` while its shards are not
 * combined: it says nothing of what workers have copied.
 */
export async function readCheckpoint(
    client: MilvusClient,
    ref: CollectionRef,
): Promise<Checkpoint | undefined> {
    const properties = (await describeCollection(client, ref))?.properties ?? {};
    if (hasShards(properties))
        throw new RunError(
            "MV380",
            `${ref.name}: workers copy its shards. Wait until all are copied, or stop the workers, then run \`pulumi up\``,
        );
    try {
        const text = properties[property.checkpoint];
        return text ? parseCheckpoint(text) : undefined;
    } catch {
        return undefined;
    }
}

/** Throws for text that is not a checkpoint. */
export function parseCheckpoint(text: string): Checkpoint {
    const { plan, rows, ranges } = unpacked(text) as { plan: string; rows: number; ranges: PositionJson[] };
    return { plan, rows, ranges: ranges.map(positionFromJson) };
}

/**
 * The hash of what is copied, from where, to where, and how. It is equal for two runs that would make the same copy. Of
 * a transform the module counts, not its batch size, concurrency or retries.
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
    // Clients may create and drop partitions between two runs: a resumed copy also copies the new ones.
    const partitionPlan = partitions.kind === "together" ? partitions : { ...partitions, carried: [] };
    const text = JSON.stringify([generation, target, rest, rows, partitionPlan], (_key, value: unknown) =>
        typeof value === "bigint" ? String(value) : value,
    );
    return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
