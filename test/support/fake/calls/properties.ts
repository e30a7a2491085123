import { type Call, collectionOf } from "../call";
import { type Collection, primaryKey } from "../catalog";
import { isVector } from "../dataTypes";
import { type KeyValue, type Named, record } from "../messages";
import { recordMaxFieldId } from "../maxFieldId";
import { demand } from "../refusal";
import { rules } from "../rules";
import { strayNames } from "../strayNames";
import { dynamicField } from "../schemaRules";
import { raiseSchemaVersion } from "../schemaVersion";

interface AlterCollection extends Named {
    properties: KeyValue[];
    delete_keys: string[];
}

/** Source: alterCollectionTask.PreExecute in internal/proxy/task.go, and rootcoord/alter_collection_task.go. */
export function alterCollection(request: AlterCollection, call: Call): object {
    const collection = collectionOf(request, call);
    const properties = record(request.properties);
    const keys = rules.deleteKeys(call.version) ? request.delete_keys : [];
    demand(
        request.properties.length === 0 || keys.length === 0,
        "invalid",
        "cannot provide both DeleteKeys and ExtraParams",
    );
    requireReleased(collection, [...Object.keys(properties), ...keys]);
    checkIsolation(collection, properties, keys);
    checkAutoId(collection, properties, call);
    checkQueryMode(collection, properties, keys, call);
    checkTimeToLive(collection, properties, call);
    if ("dynamicfield.enabled" in properties && rules.dynamicFieldOn(call.version))
        return alterDynamicField(collection, properties, call);
    for (const [key, value] of Object.entries(properties)) setProperty(collection, key, value, call);
    for (const key of keys) collection.properties.delete(key);
    collection.limits.pending = call.pending;
    strayNames(collection, call)?.set(collection.name, collection);
    return {};
}

function setProperty(collection: Collection, key: string, value: string, { version }: Call): void {
    if (key === "collection.description" && rules.alterDescription(version))
        collection.schema.description = value;
    else if (key === "consistency_level" && rules.alterConsistency(version)) collection.consistency = value;
    else collection.properties.set(key, value);
}

/**
 * Load properties are read when the collection is loaded. Source: milvus docs, "Use mmap"; hasMmapProp and
 * hasWarmupProp in task.go.
 */
function requireReleased(collection: Collection, keys: string[]): void {
    const key = keys.find((one) => /^(mmap|lazyload|warmup)\./.test(one));
    demand(
        key === undefined || collection.load === "released",
        "collectionLoaded",
        `can not alter ${key?.split(".")[0] ?? ""} properties if collection loaded[collection=${collection.name}]`,
    );
}

/** Not while a vector has an index. Source: milvus docs, "Use Partition Key", and the same task. */
function checkIsolation(collection: Collection, properties: Record<string, string>, keys: string[]): void {
    const name = "partitionkey.isolation";
    if (!(name in properties) && !keys.includes(name)) return;
    const vectors = new Set(collection.schema.fields.filter(isVector).map((field) => field.name));
    const indexed = collection.indexes.find(({ field }) => vectors.has(field));
    const changes = (properties[name] ?? "false") !== (collection.properties.get(name) ?? "false");
    demand(
        !changes || indexed === undefined,
        "indexDuplicate",
        "can not alter partition key isolation mode if the collection already has a vector index. Please drop the index first",
    );
}

/** Not while a vector has an index. Source: detectQueryModeChange in task.go; seen on real 2.6.16 and 2.6.17 (public runs). */
function checkQueryMode(
    collection: Collection,
    properties: Record<string, string>,
    keys: string[],
    { version }: Call,
): void {
    const name = "query_mode";
    if (!rules.queryMode(version) || (!(name in properties) && !keys.includes(name))) return;
    const value = properties[name];
    demand(
        value === undefined || value === "large_topk",
        "unexpected",
        `invalid query_mode value "${value ?? ""}", valid values: [large_topk]`,
    );
    const vectors = new Set(collection.schema.fields.filter(isVector).map((field) => field.name));
    demand(
        value === collection.properties.get(name) ||
            !collection.indexes.some(({ field }) => vectors.has(field)),
        "indexDuplicate",
        "can not alter query_mode if the collection already has a vector index. Please drop the index first",
    );
}

/** A time to live of all rows, or one of each row. Source: validateTTL in task.go (3.0). */
function checkTimeToLive(
    { schema, properties: before }: Collection,
    properties: Record<string, string>,
    { version }: Call,
): void {
    if (!rules.ttlField(version)) return;
    const after = { ...Object.fromEntries(before), ...properties };
    demand(
        after.ttl_field === undefined || after["collection.ttl.seconds"] === undefined,
        "invalid",
        "collection TTL and ttl field cannot be set at the same time",
    );
    const { ttl_field: field } = properties;
    demand(
        field === undefined ||
            schema.fields.some((one) => one.name === field && one.data_type === "Timestamptz"),
        "invalid",
        `ttl field name ${field ?? ""} not found in schema, or not a timestamptz`,
    );
}

function checkAutoId(collection: Collection, properties: Record<string, string>, { version }: Call): void {
    const asked = rules.insertAutoId(version) && properties.allow_insert_auto_id === "true";
    demand(
        !asked || primaryKey(collection).autoID,
        "invalid",
        "the value for allow_insert_auto_id must be false when autoID is false",
    );
}

/** Source: rootcoord/alter_dynamic_schema_task.go (2.6) and milvus issue 48983 (3.0). */
function alterDynamicField(collection: Collection, properties: Record<string, string>, call: Call): object {
    const { version } = call;
    demand(
        Object.keys(properties).length === 1,
        "invalid",
        "cannot alter dynamic schema with other properties at the same time",
    );
    const on = properties["dynamicfield.enabled"]?.toLowerCase() === "true";
    const { schema } = collection;
    if (on === schema.enable_dynamic_field) return {};
    demand(on || rules.dynamicFieldOff(version), "invalid", "dynamic schema cannot supported to be disabled");
    schema.enable_dynamic_field = on;
    if (on) {
        const field = { ...dynamicField, nullable: true, fieldID: String(++collection.maxFieldId) };
        schema.fields.push(field);
        if (rules.fillsDynamicField(version))
            for (const row of collection.rows) row.cells.set(field.fieldID, Buffer.from("{}"));
    } else schema.fields = schema.fields.filter((field) => !field.is_dynamic);
    raiseSchemaVersion(collection, call);
    recordMaxFieldId(collection, version);
    return {};
}
