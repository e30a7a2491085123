import type { LeaseHolder } from "../../observe/lease";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import type { Endpoint } from "../read/endpoint";
import type { Report } from "../report";

/** A copy that many workers make, as each of them knows it. */
export interface ShardWork {
    source: Endpoint;
    /** The copy. */
    target: Endpoint;
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** The maximum size of one insert in bytes. */
    batchBytes: number;
    /** The limit of all workers together; each takes its part of it. */
    maxRowsPerSecond?: number | undefined;
    /** True if later passes carry over the writes made during the migration. */
    followed: boolean;
    /** This worker, numbered from 0, and how many there are. */
    shard: number;
    count: number;
    holder: LeaseHolder;
    /** How long a worker waits to see whether another one wants the same shard; the same for all workers. Default: 2,000. */
    settleMs?: number;
    report: Report;
}

/** How long a worker waits before it looks again whether another one has ended. */
export const LOOK_MS = 2_000;
