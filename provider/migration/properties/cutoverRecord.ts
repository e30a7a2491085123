import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, setProperties } from "../../milvus/collections";
import type { Collection } from "../../inputs/schema/collection";
import { property } from "../../observe/properties";
import { readProperty } from "./codec";

/** What the program says of a cutover: as much as any process needs to resume one. */
export type CutoverSpec = Pick<Collection, "load" | "properties"> & {
    migration: Pick<Collection["migration"], "batchBytes" | "grace" | "maxWritePause">;
};

/** Where the cutover of a copy stands, on the copy itself. */
export interface CutoverRecord {
    /** `copied` until the switch; what happens between is repeated by whoever resumes it. */
    phase: "copied" | "switched";
    /** The run that wrote it. */
    run: string;
    /** Whether the migration follows the writes of clients. */
    followsWrites: boolean;
    /** Where it does not: the rows of the old collection as the server counted them, each version of a key. */
    counted: number | undefined;
    spec: CutoverSpec;
}

/** The record as a property of the copy. */
export function cutoverProperty(record: CutoverRecord): Record<string, string> {
    const { load, properties, migration } = record.spec;
    const { batchBytes, grace, maxWritePause } = migration;
    // Of the properties only this one decides how a pass writes.
    const explicit = properties["allow_insert_auto_id"];
    const spec = {
        load,
        properties: explicit === undefined ? {} : { allow_insert_auto_id: explicit },
        migration: { batchBytes, grace, maxWritePause },
    };
    return { [property.cutover]: JSON.stringify({ ...record, spec }) };
}

/** Undefined where the collection has none: it was never a copy, its cutover is done, or an earlier release made it. */
export function readCutover(client: MilvusClient, ref: CollectionRef): Promise<CutoverRecord | undefined> {
    return readProperty(client, ref, property.cutover, (text) => JSON.parse(text) as CutoverRecord);
}

/** Best effort: a process that finds the phase before makes passes that find nothing. */
export async function recordPhase(
    client: MilvusClient,
    ref: CollectionRef,
    phase: CutoverRecord["phase"],
): Promise<void> {
    await readCutover(client, ref)
        .then((record) => record && setProperties(client, ref, cutoverProperty({ ...record, phase })))
        .catch(() => undefined);
}

/** When the old collection is dropped. What stays is read by nobody: nothing depends on this. */
export async function forgetCutover(client: MilvusClient, ref: CollectionRef): Promise<void> {
    await setProperties(client, ref, { [property.cutover]: "" }).catch(() => undefined);
}
