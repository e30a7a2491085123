import { MOST_SHARDS } from "../../provider/observe/shards";
import { CommandError } from "../errors";
import type { Io } from "../io";

export interface ShardOptions {
    shard?: string;
    of?: string;
}

/** The shard of a worker, numbered from 0, and how many there are. */
export interface Shard {
    shard: number;
    count: number;
}

/** What an Indexed Job of Kubernetes tells each of its pods. */
const INDEX = "JOB_COMPLETION_INDEX";

/** Undefined where the worker is to copy everything. Errors: `MV590`. */
export function shardOf(io: Pick<Io, "environment">, options: ShardOptions): Shard | undefined {
    if (options.of === undefined) {
        if (options.shard === undefined) return undefined;
        throw new CommandError(
            "MV590",
            "--shard: how many shards there are is missing. Add --of N, the same for all workers",
        );
    }
    const count = numberOf(options.of);
    if (count === undefined || count < 1 || count > MOST_SHARDS)
        throw new CommandError(
            "MV590",
            `--of: ${options.of} is no number of shards. Give 1 to ${MOST_SHARDS}, the same for all workers`,
        );
    const index = options.shard ?? io.environment(INDEX);
    const named = options.shard === undefined ? INDEX : "--shard";
    if (index === undefined)
        throw new CommandError(
            "MV590",
            `--shard: which shard this worker copies is missing. Give --shard 0 to ${count - 1}, or set ${INDEX}, as an Indexed Job of Kubernetes does`,
        );
    const shard = numberOf(index);
    if (shard === undefined || shard >= count)
        throw new CommandError(
            "MV590",
            `${named}: ${index} is no shard of ${count}: they are numbered from 0 to ${count - 1}`,
        );
    return { shard, count };
}

const numberOf = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);
