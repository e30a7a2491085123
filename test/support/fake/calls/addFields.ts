import { type Call, collectionOf } from "../call";
import type { Collection } from "../catalog";
import { isVector } from "../dataTypes";
import { recordMaxFieldId } from "../maxFieldId";
import type { FieldSchema, Named, StructSchema } from "../messages";
import { decode } from "../proto";
import { demand, refuse } from "../refusal";
import { rules } from "../rules";
import { checkField, checkSchema } from "../schemaRules";
import { raiseSchemaVersion } from "../schemaVersion";
import type { Version } from "../version";

interface AddCollectionField extends Named {
    schema: Buffer;
}

/** Source: addCollectionFieldTask and validateAddFieldRequest in internal/proxy/task.go. */
export function addCollectionField(request: AddCollectionField, call: Call): object {
    const collection = collectionOf(request, call);
    const field = decode("milvus.proto.schema.FieldSchema", request.schema) as FieldSchema;
    checkAdded(collection, field, call.version);
    add(collection, field, call);
    return {};
}

/** Checks that a field can be added. */
export function checkAdded({ schema }: Collection, field: FieldSchema, version: Version): void {
    const { name } = field;
    demand(
        !["$meta", "RowID", "Timestamp"].includes(name),
        "invalid",
        `not support to add system field, field name = ${name}`,
    );
    demand(
        !isVector(field) || rules.nullableVectors(version),
        "invalid",
        `not support to add vector field, field name = ${name}`,
    );
    demand(!field.is_primary_key, "invalid", `not support to add pk field, field name = ${name}`);
    demand(!field.autoID, "invalid", `only primary field can speficy AutoID with true, field name = ${name}`);
    demand(
        !field.is_partition_key,
        "invalid",
        `not support to add partition key field, field name  = ${name}`,
    );
    demand(field.nullable, "invalid", `added field must be nullable, please check it, field name = ${name}`);
    demand(
        [...schema.fields, ...schema.struct_array_fields].every((one) => one.name !== name),
        "invalid",
        `duplicate field name: ${name}`,
    );
    checkField(field, version);
}

export function add(collection: Collection, field: FieldSchema, call: Call): void {
    const { version } = call;
    const { schema } = collection;
    const fields = [...schema.fields, { ...field, fieldID: String(++collection.maxFieldId) }];
    checkSchema({ ...schema, fields: fields.filter((one) => !one.is_dynamic) }, version);
    schema.fields = fields;
    const { fieldID } = fields.at(-1)!;
    collection.added.add(fieldID);
    // Source: milvus issue 47873: a loaded collection does not load an added vector by itself.
    if (isVector(field) && collection.load !== "released") collection.notLoaded.add(fieldID);
    raiseSchemaVersion(collection, call);
    if (!rules.fillsDefaults(version)) {
        for (const row of collection.rows) row.cells.set(fieldID, null);
    }
    recordMaxFieldId(collection, version);
}

interface AddCollectionStructField extends Named {
    struct_array_field_schema: StructSchema | null;
}

/** Source: milvus docs v3.0, "Array of Structs": an added one is nullable, and NULL in existing rows. */
export function addCollectionStructField(request: AddCollectionStructField, call: Call): object {
    const collection = collectionOf(request, call);
    const struct = request.struct_array_field_schema ?? refuse("invalid", "struct field schema is nil");
    demand(
        struct.nullable,
        "invalid",
        `added field must be nullable, please check it, field name = ${struct.name}`,
    );
    const { schema } = collection;
    demand(
        [...schema.fields, ...schema.struct_array_fields].every(({ name }) => name !== struct.name),
        "invalid",
        `duplicate field name: ${struct.name}`,
    );
    const fieldID = String(++collection.maxFieldId);
    const fields = struct.fields.map((field) => ({
        ...field,
        nullable: true,
        fieldID: String(++collection.maxFieldId),
    }));
    schema.struct_array_fields.push({ ...struct, fieldID, fields });
    raiseSchemaVersion(collection, call);
    recordMaxFieldId(collection, call.version);
    return {};
}
