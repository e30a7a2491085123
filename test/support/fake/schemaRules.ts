import { checkAnalyzers } from "./analyzerRules";
import { isVector, parameter } from "./dataTypes";
import { type CollectionSchema, type FieldSchema, record } from "./messages";
import { demand } from "./refusal";
import { rules } from "./rules";
import type { Version } from "./version";

/** Maximum fields of a collection, and vectors among them, by default. Source: milvus docs, "Milvus Limits". */
const mostFields = 64;
const mostVectors = 4;

/** The dynamic field as a collection stores it. Source: rootcoord/create_collection_task.go (appendDynamicField). */
export const dynamicField: FieldSchema = {
    fieldID: "",
    name: "$meta",
    is_primary_key: false,
    description: "dynamic schema",
    data_type: "JSON",
    type_params: [],
    autoID: false,
    element_type: "None",
    default_value: null,
    is_dynamic: true,
    is_partition_key: false,
    is_clustering_key: false,
    nullable: false,
    is_function_output: false,
};

/** Checks the schema of a new collection. Source: createCollectionTask.PreExecute in internal/proxy/task.go. */
export function checkSchema(schema: CollectionSchema, version: Version): void {
    const { fields, functions, struct_array_fields: structs } = schema;
    const keys = fields.filter((field) => field.is_primary_key);
    demand(keys.length === 1, "invalid", "a schema has exactly one primary key");
    demand(
        ["Int64", "VarChar"].includes(keys[0]!.data_type),
        "invalid",
        "a primary key is an Int64 or a VarChar",
    );
    demand(
        fields.length + structs.length <= mostFields,
        "invalid",
        `maximum field's number should be limited to ${mostFields}`,
    );
    const vectors = [...fields, ...structs.flatMap((struct) => struct.fields)].filter(isVector);
    demand(vectors.length > 0, "invalid", "schema does not contain vector field");
    demand(
        fields.filter(isVector).length <= mostVectors,
        "invalid",
        `maximum vector field's number should be limited to ${mostVectors}`,
    );
    const names = [...fields, ...structs].map(({ name }) => name);
    demand(new Set(names).size === names.length, "invalid", "duplicated field name");
    demand(functions.length === 0 || rules.functions(version), "invalid", "functions came with Milvus 2.5");
    demand(
        structs.length === 0 || rules.structs(version),
        "invalid",
        "arrays of Structs came with Milvus 2.6.4",
    );
    for (const field of fields) if (!field.is_dynamic) checkField(field, version);
    for (const { name, nullable } of structs)
        demand(
            !nullable || rules.nullableStructs(version),
            "invalid",
            `nullable is not supported for struct field(${name})`,
        );
    checkFunctions(schema);
    checkAnalyzers(schema, version);
}

/** Checks any field. Source: ValidateField in internal/proxy/util.go. */
export function checkField(field: FieldSchema, version: Version): void {
    const { name, data_type: type, nullable } = field;
    demand(/^[A-Za-z_]\w*$/.test(name), "invalid", `Invalid field name: ${name}`);
    const needs = (wanted: string): void => {
        const given = parameter(field, wanted);
        demand(
            given !== undefined && given > 0,
            "invalid",
            `type param(${wanted}) should be specified for the field(${name})`,
        );
    };
    if (type === "VarChar" || field.element_type === "VarChar") needs("max_length");
    if (type === "Array") needs("max_capacity");
    if (isVector(field) && type !== "SparseFloatVector") needs("dim");
    demand(
        !["Geometry", "Timestamptz"].includes(type) || rules.geometry(version),
        "invalid",
        `data type ${type} is not supported`,
    );
    demand(
        type !== "Int8Vector" || rules.int8Vector(version),
        "invalid",
        `data type ${type} is not supported`,
    );
    const { warmup } = record(field.type_params);
    // Source: ValidateField in internal/proxy (2.6).
    demand(
        warmup === undefined || !rules.alterWarmup(version) || ["sync", "disable"].includes(warmup),
        "invalid",
        `invalid warmup policy for field ${name}: invalid warmup policy: ${warmup ?? ""}, must be 'disable' or 'sync'`,
    );
    const mayBeNull = !isVector(field) || rules.nullableVectors(version);
    demand(!nullable || mayBeNull, "invalid", `vector type not support null, field name = ${name}`);
    demand(
        !nullable || !field.is_primary_key,
        "invalid",
        `primary field not support null, field name = ${name}`,
    );
    demand(
        !nullable || !field.is_partition_key,
        "invalid",
        `partition key field not support null, field name = ${name}`,
    );
    const standard = field.default_value !== null;
    const noDefault = isVector(field) || ["JSON", "Array"].includes(type) || field.is_primary_key;
    demand(!standard || !noDefault, "invalid", `type not support default_value, type:${type}, name:${name}`);
}

function checkFunctions({ fields, functions }: CollectionSchema): void {
    for (const { name, input_field_names, output_field_names } of functions) {
        for (const field of [...input_field_names, ...output_field_names])
            demand(
                fields.some((one) => one.name === field),
                "invalid",
                `function field ${field} of function ${name} not found`,
            );
    }
}
