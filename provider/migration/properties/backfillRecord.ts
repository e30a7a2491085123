import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { property } from "../../observe/properties";
import { backfillPlan, unfilledOf } from "../../observe/unfilled";
import type { Field } from "../../inputs/schema/collection";
import { backfillHash } from "../../plan/diff/unfilled";
import type { Update } from "../../plan/strategy/update";
import { type Checkpoint, checkpointProperty, parseCheckpoint } from "./checkpoint";
import { readProperty } from "./codec";

/** What identifies a backfill: the fields and the hashes of their values. */
export const planOf = (fields: readonly Field[]): string =>
    backfillPlan(fields.map((field) => ({ field: field.name, value: backfillHash(field) })));

/**
 * The property to set when these updates begin: without it the next run would not know that rows of a field that is there have
 * no value yet. Empty where it stays: an interrupted run has begun the same backfill.
 *
 * @param now the properties of the collection
 */
export function backfillBegun(
    updates: readonly Update[],
    now: Readonly<Record<string, string>>,
): Record<string, string> {
    const begun = updates.find(({ kind }) => kind === "backfill");
    if (begun?.kind !== "backfill") return now[property.backfill] ? { [property.backfill]: "" } : {};
    const plan = planOf(begun.fields);
    return backfillPlan(unfilledOf(now)) === plan ? {} : record({ plan, rows: 0, ranges: [] });
}

/** How far an interrupted run has come; undefined where none has begun this backfill. */
export async function readBackfill(
    client: MilvusClient,
    ref: CollectionRef,
    plan: string,
): Promise<Checkpoint | undefined> {
    const begun = await readProperty(client, ref, property.backfill, parseCheckpoint);
    return begun?.plan === plan ? begun : undefined;
}

export async function saveBackfill(
    client: MilvusClient,
    ref: CollectionRef,
    checkpoint: Checkpoint,
): Promise<void> {
    const written = record(checkpoint);
    // One that does not fit leaves the last smaller one.
    if (Object.keys(written).length > 0) await setProperties(client, ref, written);
}

export async function endBackfill(client: MilvusClient, ref: CollectionRef): Promise<void> {
    await setProperties(client, ref, { [property.backfill]: "" });
}

const record = (checkpoint: Checkpoint) => checkpointProperty(checkpoint, undefined, property.backfill);
