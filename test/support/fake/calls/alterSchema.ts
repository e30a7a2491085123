import { type Call, collectionOf } from "../call";
import type { Collection } from "../catalog";
import { type FieldSchema, type FunctionSchema, type KeyValue, type Named, record } from "../messages";
import { demand, refuse } from "../refusal";
import { recordMaxFieldId } from "../maxFieldId";
import { raiseSchemaVersion, segmentsOf } from "../schemaVersion";
import { add, checkAdded } from "./addFields";
import { dropField, dropFunction } from "./schemaDrops";

interface AlterCollectionSchema extends Named {
    action: {
        add_request?: { field_infos: FieldInfo[]; func_schema: FunctionSchema[] };
        drop_request?: {
            field_name?: string;
            field_id?: string;
            function_name?: string;
            drop_function_output_fields: boolean;
        };
    } | null;
}

interface FieldInfo {
    field_schema: FieldSchema | null;
    index_name: string;
    extra_params: KeyValue[];
}

/** Source: the design of "drop field" and rootcoord/ddl_callbacks_alter_collection_schema.go in the milvus repository (3.0). */
export function alterCollectionSchema(request: AlterCollectionSchema, call: Call): object {
    const collection = collectionOf(request, call);
    const { add_request: added, drop_request: dropped } =
        request.action ?? refuse("invalid", "action is nil");
    if (added) {
        addToSchema(collection, added.field_infos, added.func_schema, call);
        recordMaxFieldId(collection, call.version);
        return {};
    }
    if (dropped?.function_name !== undefined)
        dropFunction(collection, dropped.function_name, dropped.drop_function_output_fields);
    else if (dropped?.field_name !== undefined)
        dropField(collection, ({ name }) => name === dropped.field_name);
    else if (dropped?.field_id !== undefined)
        dropField(collection, ({ fieldID }) => fieldID === dropped.field_id);
    else refuse("invalid", "drop request must specify field_name, field_id, or function_name");
    raiseSchemaVersion(collection, call);
    recordMaxFieldId(collection, call.version);
    return {};
}

/**
 * A function is added with its output, a new field, and the index of that field. Source:
 * schemautil.ParseAlterSchemaAddRequest (3.0).
 */
function addToSchema(
    collection: Collection,
    infos: FieldInfo[],
    functions: FunctionSchema[],
    call: Call,
): void {
    demand(functions.length <= 1, "invalid", "For now, at most one function schema is supported");
    demand(infos.length <= 1, "invalid", "For now, only one field info is supported");
    const [declared] = functions;
    const field = infos[0]?.field_schema ?? undefined;
    if (!declared) {
        if (!field) refuse("invalid", "fieldInfos and function schema are both empty");
        checkAdded(collection, field, call.version);
        add(collection, field, call);
        return;
    }
    // Source: ValidateAddFunctionBackfillConfig in schemautil; it comes before the function is read.
    demand(
        call.storageV3,
        "invalid",
        "adding a function field requires StorageV3; enable common.storage.useLoonFFI",
    );
    demand(field !== undefined, "invalid", `${declared.type} function must be added with its output field`);
    demand(
        ["BM25", "MinHash"].includes(declared.type),
        "invalid",
        "For now, only BM25 and MinHash functions are supported in add_function_field interface",
    );
    const { input_field_names: inputs, output_field_names: outputs } = declared;
    demand(
        inputs.length === 1 && outputs.length === 1,
        "invalid",
        `${declared.type} function should have exactly one input field and exactly one output field`,
    );
    demand(
        outputs[0] === field.name,
        "invalid",
        `function output field "${outputs[0]!}" must be the newly-added field "${field.name}"`,
    );
    const { schema } = collection;
    demand(
        schema.fields.every(({ name }) => name !== field.name),
        "invalid",
        `field already exists, name: ${field.name}`,
    );
    demand(
        schema.functions.every(({ name }) => name !== declared.name),
        "invalid",
        `function already exists, name: ${declared.name}`,
    );
    demand(
        schema.fields.some(({ name }) => name === inputs[0]),
        "invalid",
        `input field ${inputs[0]!} of function ${declared.name} not found`,
    );
    const { consistent, total } = segmentsOf(collection, call);
    demand(
        collection.schemaVersion === 0 || consistent === total,
        "invalid",
        `schema version consistency check failed: ${consistent}/${total} segments have caught up; retry after backfill completes`,
    );
    add(collection, { ...field, is_function_output: true }, call);
    schema.functions.push(declared);
    const info = infos[0]!;
    // The backfill is asynchronous, and the index waits for it; without rows it is ready immediately.
    collection.indexes.push({
        name: info.index_name || field.name,
        field: field.name,
        params: record(info.extra_params),
        pending: call.pending,
    });
}

/** Parameters of a TextEmbedding function that may change; any other would mix vectors. Source: alterableFunctionParams. */
const alterable = new Set([
    "url",
    "credential",
    "timeout_ms",
    "max_client_batch_size",
    "region",
    "location",
    "projectid",
    "user",
]);

/** Source: alterCollectionFunctionTask in internal/proxy, CheckFunctionAlterAllowed in its validator. */
export function alterCollectionFunction(
    request: Named & { function_name: string; functionSchema: FunctionSchema | null },
    call: Call,
): object {
    const collection = collectionOf(request, call);
    const { schema } = collection;
    const to = request.functionSchema ?? refuse("invalid", "function schema is nil");
    const from =
        schema.functions.find(({ name }) => name === request.function_name) ??
        refuse("invalid", `function ${request.function_name} not found`);
    demand(
        from.type === "TextEmbedding",
        "invalid",
        `currently does not support alter ${from.type} function`,
    );
    const identity = ({ name, type, input_field_names, output_field_names }: FunctionSchema) =>
        JSON.stringify([name, type, input_field_names, output_field_names]);
    demand(
        identity(from) === identity(to),
        "invalid",
        `function ${from.name}: its identity cannot be altered`,
    );
    const [before, after] = [record(from.params), record(to.params)];
    const fixed = Object.keys({ ...before, ...after }).find(
        (key) => before[key] !== after[key] && !alterable.has(key),
    );
    demand(fixed === undefined, "invalid", `function param ${fixed ?? ""} cannot be altered`);
    schema.functions = schema.functions.map((one) => (one === from ? { ...to, id: from.id } : one));
    raiseSchemaVersion(collection, call);
    return {};
}
