import type { CollectionFunction, Field, Index } from "../inputs/schema/collection";
import type { MilvusClient } from "./client";
import { at, type CollectionRef } from "./collections";
import { toFieldSchema } from "./fieldSchema";
import { toFunctionSchema } from "./functionSchema";
import { indexParams } from "./indexes";
import { keyValues } from "./keyValue";
import { encodeMessage } from "./protocol";
import { isStructArray, toStructSchema } from "./structSchema";

/**
 * Adds a field to a collection with rows, which hold its default, or NULL, from then on. The server wants it nullable
 * (Milvus docs, "Add Fields to an Existing Collection", 2.6.0; vectors 2.6.18, Arrays of Structs 3.0).
 */
export async function addField(client: MilvusClient, ref: CollectionRef, field: Field): Promise<void> {
    const about = { about: `${ref.name}.${field.name}` };
    if (isStructArray(field)) {
        const request = { ...at(ref), struct_array_field_schema: toStructSchema(field) };
        await client.call("AddCollectionStructField", request, about);
        return;
    }
    const schema = encodeMessage("milvus.proto.schema.FieldSchema", toFieldSchema(field));
    await client.call("AddCollectionField", { ...at(ref), schema }, about);
}

/** Sets properties of a field: `max_length` (2.5.2), `max_capacity` (2.5.11); rows are not checked against them. */
export async function alterField(
    client: MilvusClient,
    ref: CollectionRef,
    field: string,
    properties: Record<string, string>,
): Promise<void> {
    await client.call(
        "AlterCollectionField",
        { ...at(ref), field_name: field, properties: keyValues(properties) },
        { about: `${ref.name}.${field}` },
    );
}

/** Adds a BM25 or MinHash function, its output and that one's index; rows that are there follow in the background (3.0). */
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
    await client.call("AlterCollectionSchema", { ...at(ref), action: { add_request: add } }, { about });
}

/** Drops a field with its values and indexes; not a key, not the last vector, nothing that a function names (3.0). */
export async function dropField(client: MilvusClient, ref: CollectionRef, field: string): Promise<void> {
    const action = { drop_request: { field_name: field } };
    await client.call("AlterCollectionSchema", { ...at(ref), action }, { about: `${ref.name}.${field}` });
}

/** Drops a function with its outputs and their indexes (3.0). */
export async function dropFunction(client: MilvusClient, ref: CollectionRef, name: string): Promise<void> {
    const action = { drop_request: { function_name: name, drop_function_output_fields: true } };
    await client.call("AlterCollectionSchema", { ...at(ref), action }, { about: `${ref.name}.${name}` });
}
