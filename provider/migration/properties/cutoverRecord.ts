import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import type { Collection } from "../../inputs/schema/collection";
import { property } from "../../observe/properties";
import { readProperty } from "./codec";

/** The arguments that any process needs to resume a cutover. */
export type CutoverSpec = Pick<Collection, "load" | "properties"> & {
    migration: Pick<Collection["migration"], "batchBytes" | "grace" | "maxWritePause">;
};

/** The state of a cutover, stored on the copy. */
export interface CutoverRecord {
    /** `copied` until the switch. Whoever resumes the cutover repeats the phases in between. */
    phase: "copied" | "switched";
    /** The run that wrote it. */
    run: string;
    /** Whether the migration carries over writes of clients. */
    followsWrites: boolean;
    /** The old collection's row count on the server, with every version of a key, if writes are not carried over. */
    counted: number | undefined;
    spec: CutoverSpec;
}

/** The record as a property of the copy. */
export function cutoverProperty(record: CutoverRecord): Record<string, string> {
    const { load, properties, migration } = record.spec;
    const { batchBytes, grace, maxWritePause } = migration;
    // Only this property affects how a pass writes.
    const explicit = properties["allow_insert_auto_id"];
    const spec = {
        load,
        properties: explicit === undefined ? {} : { allow_insert_auto_id: explicit },
        migration: { batchBytes, grace, maxWritePause },
    };
    return { [property.cutover]: JSON.stringify({ ...record, spec }) };
}

/** Undefined if the collection has none: it was never a copy, its cutover is done, or an earlier release made it. */
export function readCutover(client: MilvusClient, ref: CollectionRef): Promise<CutoverRecord | undefined> {
    return readProperty(client, ref, property.cutover, (text) => JSON.parse(text) as CutoverRecord);
}

/**
 * Stores the phase, without an error if that fails: a process that finds the earlier phase runs passes that find
 * nothing.
 */
export async function recordPhase(
    client: MilvusClient,
    ref: CollectionRef,
    phase: CutoverRecord["phase"],
): Promise<void> {
    await readCutover(client, ref)
        .then((record) => record && setProperties(client, ref, cutoverProperty({ ...record, phase })))
        .catch(() => undefined);
}

/**
 * Deletes the record when the old collection is dropped. A failure has no effect, because nothing reads it any more.
 */
export async function forgetCutover(client: MilvusClient, ref: CollectionRef): Promise<void> {
    await setProperties(client, ref, { [property.cutover]: "" }).catch(() => undefined);
}
