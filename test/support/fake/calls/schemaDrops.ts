import type { Collection } from "../catalog";
import { isVector } from "../dataTypes";
import { demand, refuse } from "../refusal";

/**
 * Checks that a field can be dropped. Source: the table of constraints in the design of "drop field", milvus repository
 * (3.0).
 */
export function dropField(
    collection: Collection,
    match: (one: { name: string; fieldID: string }) => boolean,
): void {
    const { schema } = collection;
    const struct = schema.struct_array_fields.find(match);
    if (struct) {
        const vectors = vectorsBeside(
            collection,
            ({ name }) => !struct.fields.some((field) => field.name === name),
        );
        demand(
            vectors > 0,
            "invalid",
            `cannot drop struct array field ${struct.name}: it would leave no vector field in the collection`,
        );
        schema.struct_array_fields = schema.struct_array_fields.filter((one) => one !== struct);
        collection.indexes = collection.indexes.filter(({ field }) => !field.startsWith(`${struct.name}[`));
        return;
    }
    const field = schema.fields.find(match) ?? refuse("invalid", "field not found");
    const { name } = field;
    demand(
        !field.is_dynamic,
        "invalid",
        `cannot drop dynamic field: ${name}, use AlterCollection to disable dynamic schema instead`,
    );
    demand(!field.is_primary_key, "invalid", `cannot drop primary key field: ${name}`);
    demand(!field.is_partition_key, "invalid", `cannot drop partition key field: ${name}`);
    demand(!field.is_clustering_key, "invalid", `cannot drop clustering key field: ${name}`);
    for (const one of schema.functions) {
        demand(
            !one.input_field_names.includes(name),
            "invalid",
            `field is referenced by function ${one.name} as input`,
        );
        demand(
            !one.output_field_names.includes(name),
            "invalid",
            `field is referenced by function ${one.name} as output, drop function first`,
        );
    }
    const last = isVector(field) && vectorsBeside(collection, (one) => one.name !== name) === 0;
    demand(!last, "invalid", `cannot drop the last vector field: ${name}`);
    remove(collection, [name]);
}

/** A function is dropped with its output. Source: the same. */
export function dropFunction(collection: Collection, name: string, withOutputs: boolean): void {
    const { schema } = collection;
    const dropped =
        schema.functions.find((one) => one.name === name) ?? refuse("invalid", `function not found: ${name}`);
    demand(
        withOutputs,
        "invalid",
        `detaching a function without dropping its output field is not supported: ${name}`,
    );
    demand(
        ["BM25", "MinHash"].includes(dropped.type),
        "invalid",
        `only BM25 and MinHash functions support dropping output fields: ${name}`,
    );
    const outputs = dropped.output_field_names;
    const vectors = vectorsBeside(collection, (field) => !outputs.includes(field.name));
    demand(
        vectors > 0,
        "invalid",
        `cannot drop function ${name}: it would leave no vector field in the collection`,
    );
    schema.functions = schema.functions.filter((one) => one !== dropped);
    remove(collection, outputs);
}

/** Dropping fields drops their indexes. */
function remove(collection: Collection, names: string[]): void {
    const { schema } = collection;
    schema.fields = schema.fields.filter(({ name }) => !names.includes(name));
    collection.indexes = collection.indexes.filter(({ field }) => !names.includes(field));
}

function vectorsBeside({ schema }: Collection, stays: (field: { name: string }) => boolean): number {
    const all = [...schema.fields, ...schema.struct_array_fields.flatMap((struct) => struct.fields)];
    return all.filter((field) => isVector(field) && stays(field)).length;
}
