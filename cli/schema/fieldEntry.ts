import { z } from "zod";

import { dataTypes, elementTypes } from "../../provider/inputs/schema/dataType";
import { Field } from "../../provider/inputs/schema/field";
import { dataTypeOf, numbers, pymilvusName } from "./dataTypeNames";

/** The arguments of a field as pymilvus' `add_field` names them, and those for a change of the schema. */
export const argumentNames = {
    field_name: "name",
    datatype: "dataType",
    max_length: "maxLength",
    dim: "dim",
    default_value: "defaultValue",
    nullable: "nullable",
    is_primary: "isPrimaryKey",
    auto_id: "autoId",
    is_partition_key: "isPartitionKey",
    is_clustering_key: "isClusteringKey",
    element_type: "elementType",
    max_capacity: "maxCapacity",
    enable_analyzer: "enableAnalyzer",
    enable_match: "enableMatch",
    analyzer_params: "analyzerParams",
    multi_analyzer_params: "multiAnalyzerParams",
    mmap_enabled: "mmap",
    warmup: "warmup",
    description: "description",
    previous_name: "previousName",
    from: "from",
    backfill: "backfill",
} as const satisfies Record<string, keyof typeof Field.shape>;

export type EntryName = keyof typeof argumentNames;

const described = (schema: z.ZodType, of: keyof typeof Field.shape): z.ZodType =>
    schema.describe(Field.shape[of].description ?? "");

const typeNames = (types: readonly (typeof dataTypes)[number][]) =>
    z.union([
        z.enum([...new Set([...types.map(pymilvusName), ...types])]),
        z.literal(types.map((type) => numbers[type])),
    ]);

/** What a list cannot say as a program does: types in the spelling of pymilvus, and a default that is taken away. */
const own: Partial<Record<EntryName, z.ZodType>> = {
    datatype: typeNames(dataTypes).describe(
        "The type as pymilvus names or numbers it, or as Milvus does. A field that the collection has keeps its type where this is omitted.",
    ),
    element_type: typeNames(dataTypes.filter((type) => elementTypes.some((one) => one === type))),
    default_value: z
        .union([Field.shape.defaultValue.unwrap(), z.null()])
        .describe(
            "Value of a row that is inserted without one. The rows that exist get it in a field that is added, too. null takes the default of a field away.",
        ),
};

const shapeOf = (name: EntryName, spellings: Partial<Record<EntryName, z.ZodType>>): z.ZodType => {
    const argument = argumentNames[name];
    const schema: z.ZodType = spellings[name] ?? withoutDefault(Field.shape[argument]);
    const text = schema.description === undefined ? described(schema, argument) : schema;
    return name === "field_name" ? text : text.optional();
};

/** What a list omits stays as it is on the server, so that nothing here has a default. */
const withoutDefault = (schema: z.ZodType): z.ZodType =>
    schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
        ? withoutDefault(schema.unwrap() as z.ZodType)
        : schema;

const entryOf = (spellings: Partial<Record<EntryName, z.ZodType>>) =>
    z
        .strictObject(
            Object.fromEntries(
                (Object.keys(argumentNames) as EntryName[]).map((name) => [name, shapeOf(name, spellings)]),
            ) as Record<EntryName, z.ZodType>,
        )
        .describe(
            "A field as pymilvus' `add_field` takes it. What is omitted of a field that the collection has stays as it is.",
        );

/** An entry once its types are spelled as Milvus names them: a wrong one is reported in a short list of names. */
export const SpelledEntry = entryOf({
    ...own,
    datatype: z.enum(dataTypes),
    element_type: z.enum(elementTypes),
});

/** A list of field definitions: the primary key may be omitted, and stays as it is. */
export const FieldList = z
    .array(entryOf(own))
    .min(1)
    .describe(
        "The fields that the collection is to have. A field that is not in the list is dropped, except the primary key. Everything else of the collection stays as it is: indexes, functions, partitions, properties.",
    );

const namesOfArguments = new Map<string, string>(
    Object.entries(argumentNames).map(([name, argument]) => [argument, name]),
);

/** The name of an argument in a list; undefined for what is no argument. */
export const entryName = (argument: string): string | undefined => namesOfArguments.get(argument);

/**
 * An entry with names as pymilvus has them, for messages of the core say `previousName`, and with types as Milvus names them.
 * What is neither stays as it is, and is reported.
 */
export function spelled(entry: unknown): unknown {
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return entry;
    return Object.fromEntries(
        Object.entries(entry).map(([written, value]: [string, unknown]) => {
            const name = written in argumentNames ? written : (entryName(written) ?? written);
            const isType = name === "datatype" || name === "element_type";
            return [name, isType ? (dataTypeOf(value) ?? value) : value];
        }),
    );
}
