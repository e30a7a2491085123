import { type Call, collectionOf } from "../call";
import type { Collection } from "../catalog";
import { type FieldSchema, type KeyValue, type Named, pairs, record } from "../messages";
import { demand, refuse } from "../refusal";
import { rules } from "../rules";
import { raiseSchemaVersion } from "../schemaVersion";
import type { Version } from "../version";

interface AlterCollectionField extends Named {
    field_name: string;
    properties: KeyValue[];
    delete_keys: string[];
}

const longest = 65_535;
const largestCapacity = 4_096;

/**
 * Type parameters and memory mapping of a field. Rows are not checked: values longer than a new `max_length` stay.
 * Source: milvus docs, "Alter Collection Field"; alterCollectionFieldTask.PreExecute in internal/proxy/task.go.
 */
export function alterCollectionField(request: AlterCollectionField, call: Call): object {
    const collection = collectionOf(request, call);
    const { field_name: name } = request;
    const field =
        collection.schema.fields.find((one) => one.name === name) ??
        refuse("invalid", `field ${name} does not exist in collection ${collection.name}`);
    const properties = record(request.properties);
    const keys = Object.keys(properties);
    const unknown = keys.find((key) => !altered(call.version).includes(plain(key)));
    demand(
        unknown === undefined,
        "invalid",
        `${unknown ?? ""} does not allow update in collection field param`,
    );
    const kept = request.delete_keys.find((key) => !dropped(call.version).includes(plain(key)));
    demand(kept === undefined, "invalid", `${kept ?? ""} is not allowed to drop in collection field param`);
    demand(
        collection.load === "released" ||
            ![...keys, ...request.delete_keys].some((key) => /^(mmap\.enabled|warmup)$/.test(plain(key))),
        "collectionLoaded",
        `can not alter collection field properties if collection loaded[collection=${collection.name}]`,
    );
    checkWarmup(properties.warmup);
    const holds = [field.data_type, field.element_type];
    if ("max_length" in properties) {
        demand(
            holds.includes("VarChar"),
            "invalid",
            `${name} can not modify the maxlength for non-string types`,
        );
        inRange("max_length", properties.max_length, longest);
    }
    if ("max_capacity" in properties) {
        demand(
            field.data_type === "Array",
            "invalid",
            `${name} can not modify the maxcapacity for non-array types`,
        );
        inRange("max_capacity", properties.max_capacity, largestCapacity);
    }
    const touched = [...keys, ...request.delete_keys];
    if (touched.includes("enable_analyzer") || touched.includes("analyzer_params"))
        checkAnalyzer(field, collection);
    const { "field.description": description = field.description, ...rest } = properties;
    field.description = description;
    const params = new Map(Object.entries(record(field.type_params)));
    for (const [key, value] of Object.entries(rest)) params.set(plain(key), value);
    for (const key of request.delete_keys) params.delete(plain(key));
    field.type_params = pairs(params);
    raiseSchemaVersion(collection, call);
    return {};
}

/** Source: milvus PR 50492 and PR 51279; the text was seen on a real 3.0.0 (linagora/openrag PR 871). */
function checkAnalyzer(field: FieldSchema, { schema }: Collection): void {
    const isUsed = schema.functions.some(({ input_field_names: inputs }) => inputs.includes(field.name));
    demand(
        record(field.type_params).enable_match !== "true" && !isUsed,
        "invalid",
        `can not alter analyzer params for field ${field.name} after text match is enabled or a BM25/MinHash function depends on it`,
    );
}

/** Source: ValidateWarmupPolicy in pkg/common/common.go (2.6). */
function checkWarmup(policy: string | undefined): void {
    demand(
        policy === undefined || ["sync", "disable"].includes(policy),
        "invalid",
        `invalid warmup policy: ${policy ?? ""}, must be 'disable' or 'sync'`,
    );
}

/** `mmap_enabled` is an alternative spelling of `mmap.enabled`. */
function plain(key: string): string {
    return key === "mmap_enabled" ? "mmap.enabled" : key;
}

function altered(version: Version): string[] {
    return [
        "mmap.enabled",
        ...(rules.alterMaxLength(version) ? ["max_length"] : []),
        ...(rules.alterMaxCapacity(version) ? ["max_capacity"] : []),
        ...(rules.alterFieldDescription(version) ? ["field.description"] : []),
        ...(rules.alterAnalyzer(version) ? ["enable_analyzer", "analyzer_params"] : []),
        ...(rules.alterWarmup(version) ? ["warmup"] : []),
    ];
}

/** Source: allowedDropProps in internal/proxy/task.go; PR 51279 for the analyzer. */
function dropped(version: Version): string[] {
    return [
        "mmap.enabled",
        ...(rules.alterAnalyzer(version) ? ["enable_analyzer", "analyzer_params"] : []),
        ...(rules.alterWarmup(version) ? ["warmup"] : []),
    ];
}

function inRange(key: string, text: string | undefined, most: number): void {
    const value = Number(text);
    demand(
        Number.isInteger(value) && value > 0 && value <= most,
        "invalid",
        `${key} ${text} is not within (0, ${most}]`,
    );
}
