import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, describeCollection, setProperties } from "../../milvus/collection/collections";
import type { BegunPlan } from "../../observe/generation";
import { property } from "../../observe/properties";
import { changesMemory, type Update } from "../../plan/strategy/update";
import { backfillBegun } from "./backfillRecord";
import { readProperty } from "./codec";

/**
 * The last change in place that was begun on a collection. The state has the id of the last one that it knows to be
 * complete: if the ids differ, a run was interrupted, and the state is not what is on the server.
 */
export interface LastUpdate {
    id: string;
    /** The kinds of its steps, for people. */
    steps: readonly string[];
    touched: Touched;
    /** The approved plan that it carries out, where the stack approves plans. */
    approved?: BegunPlan | undefined;
}

/** What the updates add, set or remove. Whatever else the program does not declare is not ours to compare. */
export interface Touched {
    fields: readonly string[];
    /** Fields whose indexes are built or dropped. */
    indexes: readonly string[];
    properties: readonly string[];
    /** Fields that are kept in memory in another way. */
    memory: readonly string[];
    /** Arguments with a value of their own that they set. */
    settings: readonly ("description" | "consistencyLevel")[];
    /** The name that the collection gets. */
    name?: string | undefined;
}

/** Records on the collection that these updates begin. Returns the way to take that back. */
export async function beginUpdate(
    client: MilvusClient,
    ref: CollectionRef,
    id: string,
    updates: readonly Update[],
    approved?: BegunPlan,
): Promise<() => Promise<void>> {
    const properties = (await describeCollection(client, ref))?.properties ?? {};
    const former = properties[property.update] ?? "";
    const takeBack = () => setProperties(client, ref, { [property.update]: former }).catch(() => undefined);
    const steps = updates.map(({ kind }) => kind);
    const update: LastUpdate = { id, steps, touched: touchedBy(updates), approved };
    try {
        await setProperties(client, ref, {
            [property.update]: JSON.stringify(update),
            ...backfillBegun(updates, properties),
        });
    } catch (error) {
        // The server may have set it all the same.
        await takeBack();
        throw error;
    }
    return takeBack;
}

const untouched: Touched = { fields: [], indexes: [], properties: [], memory: [], settings: [] };

/** Undefined where no change in place was begun on the collection. */
export function readLastUpdate(client: MilvusClient, ref: CollectionRef): Promise<LastUpdate | undefined> {
    return readProperty(client, ref, property.update, (text) => {
        const { id = "", steps = [], touched, approved } = JSON.parse(text) as Partial<LastUpdate>;
        return { id, steps, touched: { ...untouched, ...touched }, ...(approved && { approved }) };
    });
}

export function touchedBy(updates: readonly Update[]): Touched {
    const fields: string[] = [];
    const indexes: string[] = [];
    const properties: string[] = [];
    const memory: string[] = [];
    const settings: ("description" | "consistencyLevel")[] = [];
    const name = updates.find((update) => update.kind === "rename")?.to;
    for (const update of updates)
        switch (update.kind) {
            case "add-field":
                fields.push(update.field.name);
                break;
            case "add-function":
                fields.push(update.field.name);
                indexes.push(update.index.field);
                break;
            case "drop-field":
                fields.push(update.field);
                break;
            case "create-index":
                indexes.push(update.index.field);
                break;
            case "drop-index":
            case "alter-index":
                indexes.push(update.field);
                break;
            case "alter-field":
                if (changesMemory(update)) memory.push(update.field);
                break;
            case "set-properties":
                properties.push(...Object.keys(update.properties));
                break;
            case "delete-properties":
                properties.push(...update.keys);
                break;
            case "alter-description":
                settings.push("description");
                break;
            case "alter-consistency":
                settings.push("consistencyLevel");
        }
    return { fields, indexes, properties, memory, settings, ...(name !== undefined && { name }) };
}
