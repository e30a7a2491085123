import type { Call } from "../call";
import type { Collection } from "../catalog";
import { noLimits } from "../limits";
import { type CollectionSchema, type KeyValue, type Named, record } from "../messages";
import { decode } from "../proto";
import { demand } from "../refusal";
import { rules } from "../rules";
import { checkSchema, dynamicField } from "../schemaRules";

interface CreateCollection extends Named {
    schema: Buffer;
    shards_num: number;
    consistency_level: string;
    properties: KeyValue[];
    num_partitions: string;
}

export function createCollection(request: CreateCollection, call: Call): object {
    const { catalog, database, version } = call;
    const { collection_name: name } = request;
    const { collections, aliases } = catalog.database(database);
    const sent = decode("milvus.proto.schema.CollectionSchema", request.schema) as CollectionSchema;
    if (rules.guardsAliases(version))
        demand(
            !aliases.has(name),
            "unexpected",
            `collection name [${name}] conflicts with an existing alias, please choose a unique name`,
        );
    const existing = catalog.find(database, name);
    if (existing) {
        // A second creation with the same parameters is a success: seen on 2.3.5.
        const same = sent.fields.every((field) =>
            existing.schema.fields.some(({ name }) => name === field.name),
        );
        demand(
            same,
            "unexpected",
            `create duplicate collection with different parameters, collection: ${name}`,
        );
        return {};
    }
    const schema = understood(sent, rules.nullable(version));
    checkSchema(schema, version);
    const properties = new Map(Object.entries(record(request.properties)));
    if (rules.timezoneProperty(version) && !properties.has("timezone")) properties.set("timezone", "UTC");
    const collection: Collection = {
        id: catalog.nextId(),
        database,
        name,
        ...numbered(schema),
        properties,
        consistency: request.consistency_level,
        shards: request.shards_num || 1,
        partitions: partitionsOf(
            schema,
            Number(request.num_partitions) || (rules.sixteenPartitions(version) ? 16 : 64),
        ),
        indexes: [],
        load: "released",
        replicas: 1,
        resourceGroups: [],
        snapshots: [],
        rowPolicies: [],
        loadPending: 0,
        rows: [],
        flushPending: 0,
        limits: noLimits(),
        changed: catalog.now(),
        schemaVersion: 0,
        schemaPending: 0,
        added: new Set(),
        notLoaded: new Set(),
    };
    collections.set(name, collection);
    return {};
}

/** A server before 2.5 ignores these members. */
function understood(schema: CollectionSchema, nullable: boolean): CollectionSchema {
    const fields = schema.fields.map((field) => ({
        ...field,
        ...(!nullable && { nullable: false, default_value: null }),
        is_function_output: schema.functions.some(({ output_field_names }) =>
            output_field_names.includes(field.name),
        ),
    }));
    return { ...schema, fields: schema.enable_dynamic_field ? [...fields, { ...dynamicField }] : fields };
}

/** Field ids begin with 100. Source: common.StartOfUserFieldID. */
function numbered(schema: CollectionSchema): { schema: CollectionSchema; maxFieldId: number } {
    let id = 99;
    const fields = schema.fields.map((field) => ({ ...field, fieldID: String(++id) }));
    const struct_array_fields = schema.struct_array_fields.map((struct) => ({
        ...struct,
        fieldID: String(++id),
        fields: struct.fields.map((field) => ({
            ...field,
            nullable: struct.nullable,
            fieldID: String(++id),
        })),
    }));
    return { schema: { ...schema, fields, struct_array_fields }, maxFieldId: id };
}

/** Source: milvus docs, "Use Partition Key". */
function partitionsOf(schema: CollectionSchema, count: number): Map<string, boolean> {
    if (!schema.fields.some((field) => field.is_partition_key)) return new Map([["_default", true]]);
    return new Map(Array.from({ length: count }, (_, at) => [`_default_${at}`, true]));
}
