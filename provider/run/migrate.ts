import type { MilvusClient } from "../milvus/client";
import { type CollectionRef, dropCollection } from "../milvus/collections";
import { flush } from "../milvus/rows";
import type { Capabilities, ObservedCollection, Stamp } from "../observe/state";
import type { PartitionMapping, RowMapping } from "../plan/mapping";
import type { Collection } from "../spec/collection";
import { copyRows } from "../step/copy";
import { closeKeys, createStamped } from "../step/create";
import { makeReadable } from "../step/readable";
import type { Report } from "../step/report";
import { buildIndexes, load } from "../step/serve";
import { swap } from "../step/swap";
import { verifyRows } from "../step/verify";
import { markLive } from "./build";

export interface Migration {
    source: { client: MilvusClient; observed: ObservedCollection; generation: string };
    target: { client: MilvusClient; capabilities: Capabilities; ref: CollectionRef; spec: Collection };
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** True where the target takes over the source's own name. */
    takesName: boolean;
    stamp: Stamp;
    report: Report;
}

/**
 * Builds the new collection beside the old, copies every row, compares both, and hands over. Until the hand-over the
 * old collection serves untouched; a failure before it removes the new one.
 */
export async function migrate(migration: Migration): Promise<void> {
    const { source, target, stamp, report, partitions } = migration;
    const { client, capabilities, spec } = target;
    const old = { database: source.observed.database, name: source.observed.name };
    const shadow = migration.takesName
        ? { ...target.ref, name: `${target.ref.name}_${stamp.generation}` }
        : target.ref;
    const closeSource = await makeReadable(source.client, old, report);
    try {
        await createStamped(
            client,
            shadow,
            spec,
            stamp,
            capabilities,
            partitions.kind === "by-name" ? partitions.carried : [],
        );
        try {
            const sides = { source: { client: source.client, ref: old }, target: { client, ref: shadow } };
            const { rows: copied, ranges } = await copyRows({
                ...migration,
                ...sides,
                batchBytes: spec.migration.batchBytes,
            });
            report.say(`copied ${copied} rows from ${old.name} to ${shadow.name}; building indexes`);
            await flush(client, shadow);
            await buildIndexes(client, shadow, spec, report);
            await load(client, shadow, spec, report);
            const closeTarget = await makeReadable(client, shadow, report);
            await verifyRows({
                ...migration,
                ...sides,
                copied,
                ranges,
                verify: spec.migration.verify,
                batchBytes: spec.migration.batchBytes,
            });
            await closeTarget();
            await closeKeys(client, shadow, spec, capabilities);
            // From here on the copy is whole: a run that is cut now may find it in service, and must not remove it.
            await markLive(client, shadow, stamp, capabilities);
            if (migration.takesName) {
                await swap({
                    client,
                    ref: target.ref,
                    shadow: shadow.name,
                    retired: `${target.ref.name}_${source.generation}`,
                });
                // milvus-lite unloads what it renames.
                await load(client, target.ref, spec, report);
            }
        } catch (error) {
            await discard(client, shadow, report);
            throw error;
        }
    } finally {
        // The old collection may go by its retired name now, and is about to be dropped; nothing hangs on this.
        await closeSource().catch(() => undefined);
    }
}

/** A server that is gone cannot drop it; the stamp tells the next run that it may. */
async function discard(client: MilvusClient, shadow: CollectionRef, report: Report): Promise<void> {
    await dropCollection(client, shadow).catch(() => {
        report.say(`${shadow.name} could not be removed; the next \`pulumi up\` removes it and starts over`);
    });
}
