import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import type { Message } from "../../../provider/milvus/transport/protocol";
import type { FieldArguments } from "../data/field";
import { cellOf } from "./mapping";
import type { Dialect } from "./dialect";
import { partitionsOf } from "./model";
import type { Program } from "./program";

/** A description of a collection that can be derived from a program and from a server's answers. */
interface Description {
    fields: string;
    indexes: string;
    partitions: string;
    properties: Record<string, string | undefined>;
    dynamic: boolean;
    loaded: boolean;
    description: string | undefined;
    consistencyLevel: string | undefined;
    shards: number | undefined;
}

/** Checks that the server's collection matches the program exactly. */
export async function expectDeclared(
    client: MilvusClient,
    collection: string,
    program: Program,
    dialect: Dialect,
    about: string,
): Promise<void> {
    const [is, wanted] = [await described(client, collection, dialect, program), declared(program, dialect)];
    for (const part of Object.keys(wanted) as (keyof Description)[])
        expect(is[part], `${part} of ${collection}\n${about}`).to.deep.equal(wanted[part]);
}

const lite = (dialect: Dialect) => dialect.shards.length === 0;

/** The description of the program. */
function declared(program: Program, dialect: Dialect): Description {
    const keyed = program.fields.some(({ isPartitionKey }) => isPartitionKey);
    return {
        fields: program.fields
            .map((field) => fieldText(field, dialect))
            .sort()
            .join("; "),
        indexes: program.indexes
            .map(({ field, indexType }) => `${field} ${indexType!}`)
            .sort()
            .join("; "),
        partitions: keyed
            ? number(dialect.numPartitions)
            : partitionsOf(program, dialect).filter(Boolean).sort().join("; "),
        properties: pick(program.properties ?? {}, dialect),
        dynamic: program.enableDynamicField ?? false,
        loaded: program.load !== false,
        description: dialect.description ? (program.description ?? "") : undefined,
        consistencyLevel: lite(dialect) ? undefined : (program.consistencyLevel ?? "Bounded"),
        shards: lite(dialect) ? undefined : program.shardsNum,
    };
}

function fieldText(field: FieldArguments, { elementLength }: Dialect): string {
    const { name, dataType, elementType = "", dim, maxLength, maxCapacity, defaultValue } = field;
    const length = dataType === "Array" && !elementLength ? undefined : maxLength;
    const sizes = [dim, length, maxCapacity].map((size) => size ?? "-").join(" ");
    const flags = (["isPrimaryKey", "autoId", "isPartitionKey", "nullable"] as const).filter(
        (flag) => field[flag],
    );
    const value = defaultValue === undefined ? "" : ` = ${cellOf(defaultValue, field)}`;
    return `${name} ${dataType} ${elementType} ${sizes} ${flags.join(" ")}${value}`;
}

/** The description of the server's collection, read without the provider's code. */
async function described(
    client: MilvusClient,
    collection: string,
    dialect: Dialect,
    like: Program,
): Promise<Description> {
    const at = { collection_name: collection };
    const answer = await client.call("DescribeCollection", at);
    const schema = answer.schema as Message;
    const indexes = (await client.call("DescribeIndex", at)).index_descriptions as Message[];
    const partitions = dialect.partitions
        ? ((await client.call("ShowPartitions", at)).partition_names as string[])
        : [];
    const keyed = like.fields.some(({ isPartitionKey }) => isPartitionKey);
    return {
        fields: (schema.fields as Message[])
            .map((field) => fieldText(toArguments(field), dialect))
            .sort()
            .join("; "),
        indexes: indexes
            .map((index) => `${index.field_name as string} ${indexType(index, like)}`)
            .sort()
            .join("; "),
        partitions: keyed
            ? number(dialect.numPartitions && partitions.length)
            : partitions.toSorted().join("; "),
        properties: pick(record(answer.properties), dialect),
        dynamic: schema.enable_dynamic_field as boolean,
        loaded: (await client.call("GetLoadState", at)).state === "LoadStateLoaded",
        description: dialect.description ? withoutMarker(schema.description as string) : undefined,
        consistencyLevel: lite(dialect) ? undefined : (answer.consistency_level as string),
        shards: lite(dialect) || like.shardsNum === undefined ? undefined : Number(answer.shards_num),
    };
}

function toArguments(field: Message): FieldArguments {
    const params = record(field.type_params);
    const size = (key: string) => (params[key] === undefined ? undefined : Number(params[key]));
    const value = Object.values((field.default_value as Message | null) ?? {}).find(
        (one) => one !== null && one !== undefined,
    );
    return {
        name: field.name as string,
        dataType: field.data_type as FieldArguments["dataType"],
        elementType: field.data_type === "Array" ? (field.element_type as string) : undefined,
        dim: size("dim"),
        maxLength: size("max_length"),
        maxCapacity: size("max_capacity"),
        isPrimaryKey: field.is_primary_key as boolean,
        autoId: field.autoID as boolean,
        isPartitionKey: field.is_partition_key as boolean,
        nullable: field.nullable as boolean,
        defaultValue: value as string | undefined,
    };
}

/** For AUTOINDEX, the server reports the type that it chose. */
function indexType(index: Message, { indexes }: Program): string {
    const asked = indexes.find(({ field }) => field === index.field_name);
    return asked?.indexType === "AUTOINDEX" ? "AUTOINDEX" : record(index.params).index_type!;
}

const number = (partitions: number | undefined) => `${partitions ?? "some"} for a key`;
const withoutMarker = (description: string) => description.replace(/ ?\[pulumi .*\]$/, "");

/** Servers keep some additional properties. */
function pick(
    properties: Record<string, unknown>,
    { properties: known }: Dialect,
): Record<string, string | undefined> {
    return Object.fromEntries(Object.keys(known).map((key) => [key, properties[key] as string | undefined]));
}

function record(pairs: unknown): Record<string, string> {
    return Object.fromEntries(
        (pairs as { key: string; value: string }[]).map(({ key, value }) => [key, value]),
    );
}
