import { createHash } from "node:crypto";

import { parseLease, type Lease } from "../../observe/lease";
import { property } from "../../observe/properties";
import { shardCheckpoint, shardLease } from "../../observe/shards";
import { unpacked } from "../../observe/unpacked";
import { packed } from "../properties/codec";
import {
    type Checkpoint,
    parseCheckpoint,
    type Position,
    type PositionJson,
    positionFromJson,
    positionToJson,
} from "../properties/checkpoint";

/** How a copy is cut: which ranges of keys each worker copies. It is written once, and never changes. */
export interface ShardPlan {
    /** The hash of the plan of the copy. */
    plan: string;
    /** True if the copy held no row when it was cut: what a new shard finds there, its own worker has sent. */
    isFresh: boolean;
    /** The ranges of each shard. A shard without ranges has nothing to copy: there are fewer rows than shards. */
    shards: readonly (readonly Position[])[];
}

/** A shard as it stands on the copy. */
export interface SeenShard {
    ranges: readonly Position[];
    /** Undefined until a worker begins it. */
    checkpoint: Checkpoint | undefined;
    /** Undefined where no worker has it. */
    lease: Lease | undefined;
    isDone: boolean;
}

export interface SeenShards extends ShardPlan {
    /** The hash of the plan and of the cut. It stands in the checkpoint of each shard. */
    cut: string;
    seen: readonly SeenShard[];
}

/** The ranges of a shard that is copied: fewer than those that its worker has split them into, and over the same keys. */
export const copiedWhole = (ranges: readonly Position[]): Position[] =>
    ranges.map((range) => ({ ...range, copied: undefined, done: true }));

/** The cut as a property of the copy; empty if its keys are too long for one. */
export function shardsProperty({ plan, isFresh, shards }: ShardPlan): Record<string, string> {
    const ranges = shards.map((positions) => positions.map(positionToJson));
    return packed(property.shards, { plan, isFresh, shards: ranges });
}

/** Undefined where the copy is not cut. Errors: a SyntaxError for what this release cannot read. */
export function readShards(properties: Record<string, string>): SeenShards | undefined {
    const text = properties[property.shards];
    if (!text) return undefined;
    const { plan, isFresh, shards } = unpacked(text) as {
        plan: string;
        isFresh: boolean;
        shards: PositionJson[][];
    };
    const cut = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const all = shards.map((ranges) => ranges.map(positionFromJson));
    return {
        plan,
        isFresh,
        shards: all,
        cut,
        seen: all.map((ranges, shard) => seenOf(properties, shard, ranges)),
    };
}

function seenOf(properties: Record<string, string>, shard: number, ranges: readonly Position[]): SeenShard {
    const text = properties[shardCheckpoint(shard)];
    const checkpoint = text ? parseCheckpoint(text) : undefined;
    return {
        ranges,
        checkpoint,
        lease: parseLease(properties[shardLease(shard)]),
        isDone: checkpoint?.ranges.every(({ done }) => done) ?? false,
    };
}
