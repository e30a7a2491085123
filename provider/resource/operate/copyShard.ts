import type { CollectionRef } from "../../milvus/collection/collections";
import type { LeaseHolder } from "../../observe/lease";
import { Migration } from "../../inputs/schema/migration";
import { type CopySettings, readMapping } from "../../migration/properties/rowMapping";
import type { Report } from "../../migration/report";
import { copyShard, type ShardOutcome } from "../../migration/shards/copyShard";
import { indivisible, ONE_PROCESS } from "../../migration/shards/indivisible";
import type { Server } from "../context/context";

export interface ShardCopy extends Server {
    source: CollectionRef;
    copy: CollectionRef;
    holder: LeaseHolder;
    report: Report;
}

/** Copies a shard with what stands on the copy, without the program. Errors: those of `copyShard`. */
export async function copyShardOf(
    { client, capabilities, source, copy, holder, report }: ShardCopy,
    { shard, count }: { shard: number; count: number },
): Promise<ShardOutcome> {
    const recorded = await readMapping(client, copy);
    if (!recorded)
        throw indivisible(
            copy.name,
            "it does not say how its rows are mapped, because that was too large for a property",
            ONE_PROCESS,
        );
    const { mapping, partitions, settings = byDefault } = recorded;
    return copyShard({
        source: { client, capabilities, ref: source },
        target: { client, capabilities, ref: copy },
        mapping,
        partitions,
        ...settings,
        shard,
        count,
        holder,
        report,
    });
}

/** For a copy that an earlier release has begun: a worker reads on until no row is left. */
const byDefault: CopySettings = { batchBytes: Migration.parse({}).batchBytes, followed: false };
