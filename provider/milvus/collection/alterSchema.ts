import type { CollectionFunction, Field, Index } from "../../inputs/schema/collection";
import type { MilvusClient } from "../transport/client";
import { at, type CollectionRef } from "./collections";
import { toFieldSchema } from "../schema/fieldSchema";
import { toFunctionSchema } from "../schema/functionSchema";
import { indexParams } from "./indexes";
import { keyValues } from "../transport/keyValue";
import { encodeMessage, type Message } from "../transport/protocol";
import { retryRepeatable } from "../transport/retry";
import { isStructArray, toStructSchema } from "../schema/structSchema";

/**
 * Adds a field to a collection with rows. Existing rows then hold its default or NULL. The server requires a nullable
 * field (Milvus docs, "Add Fields to an Existing Collection", 2.6.0; vectors 2.6.18, Arrays of Structs 3.0).
 */
export async function addField(client: MilvusClient, ref: CollectionRef, field: Field): Promise<void> {
    const about = `${ref.name}.${field.name}`;
    if (isStructArray(field)) {
        const request = { ...at(ref), struct_array_field_schema: toStructSchema(field) };
        await change(client, "AddCollectionStructField", request, about);
        return;
    }
    const schema = encodeMessage("milvus.proto.schema.FieldSchema", toFieldSchema(field));
    await change(client, "AddCollectionField", { ...at(ref), schema }, about);
}

/**
 * Sets properties of a field: `max_length` (2.5.2), `max_capacity` (2.5.11), `mmap.enabled` and `warmup` of a released collection,
 * the analyzer (3.0). The server does not check existing rows against them.
 */
export async function alterField(
    client: MilvusClient,
    ref: CollectionRef,
    field: string,
    properties: Record<string, string>,
    deletes: readonly string[] = [],
): Promise<void> {
    const request = {
        ...at(ref),
        field_name: field,
        properties: keyValues(properties),
        delete_keys: deletes,
    };
    await change(client, "AlterCollectionField", request, `${ref.name}.${field}`);
}

/**
 * Adds a BM25 or MinHash function, its output field and the index of that field. The server fills existing rows in the
 * background (3.0).
 */
export async function addFunction(
    client: MilvusClient,
    ref: CollectionRef,
    added: { function: CollectionFunction; field: Field; index: Index },
): Promise<void> {
    const info = {
        field_schema: { ...toFieldSchema(added.field), is_function_output: true },
        index_name: added.index.name,
        extra_params: indexParams(added.index),
    };
    const add = {
        field_infos: [info],
        func_schema: [toFunctionSchema(added.function)],
        do_physical_backfill: true,
    };
    const about = `${ref.name}.${added.function.name}`;
    await change(client, "AlterCollectionSchema", { ...at(ref), action: { add_request: add } }, about);
}

/** Replaces the definition of a function; the output of existing rows stays as it is (2.6.7). */
export async function alterFunction(
    client: MilvusClient,
    ref: CollectionRef,
    altered: CollectionFunction,
): Promise<void> {
    const request = {
        ...at(ref),
        function_name: altered.name,
        functionSchema: toFunctionSchema(altered),
    };
    await change(client, "AlterCollectionFunction", request, `${ref.name}.${altered.name}`);
}

/**
 * Drops a field with its values and indexes. The key, the last vector and fields that a function uses cannot be dropped
 * (3.0).
 */
export async function dropField(client: MilvusClient, ref: CollectionRef, field: string): Promise<void> {
    const action = { drop_request: { field_name: field } };
    await change(client, "AlterCollectionSchema", { ...at(ref), action }, `${ref.name}.${field}`);
}

/** Drops a function with its outputs and their indexes (3.0). */
export async function dropFunction(client: MilvusClient, ref: CollectionRef, name: string): Promise<void> {
    const action = { drop_request: { function_name: name, drop_function_output_fields: true } };
    await change(client, "AlterCollectionSchema", { ...at(ref), action }, `${ref.name}.${name}`);
}

/** A server that has not finished the last change of the schema refuses the next one, and takes it later (3.0). */
async function change(client: MilvusClient, method: string, request: Message, about: string): Promise<void> {
    await retryRepeatable(() => client.call(method, request, { about }));
}
