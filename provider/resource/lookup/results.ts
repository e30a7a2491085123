import { z } from "zod";

import { CollectionFunction, IndexInputs, Load } from "../../inputs/schema/collection";
import { Field } from "../../inputs/schema/field";
import type { Capabilities } from "../../observe/state";

/** What a collection looks like from outside. The parts have the form of the arguments, without what is at its default. */
export const CollectionResult = z
    .strictObject({
        collectionName: z
            .string()
            .describe("Name of the collection itself, also where an alias was looked up."),
        database: z.string().describe("Its database."),
        collectionId: z
            .string()
            .describe("The server's id of the collection. Empty on milvus-lite, which has none."),
        description: z.string().describe("Text for people."),
        fields: z.array(Field).describe("The schema."),
        functions: z.array(CollectionFunction).describe("Functions such as BM25."),
        indexes: z.array(IndexInputs).describe("Indexes of vectors and scalars."),
        partitions: z.array(z.string()).describe("Partitions beside `_default`."),
        numPartitions: z
            .int()
            .optional()
            .describe("With a partition key: how many partitions its values are spread over."),
        enableDynamicField: z.boolean().describe("Whether rows may hold keys that no field declares."),
        shardsNum: z.int().optional().describe("Number of shards, where the server tells it."),
        consistencyLevel: z
            .string()
            .optional()
            .describe("Default consistency level of reads. milvus-lite does not tell it."),
        properties: z
            .record(z.string(), z.string())
            .describe("Properties as Milvus spells them, without those of this provider."),
        loadState: z
            .string()
            .describe(
                "`loaded`, `loading`, `not-loaded`, or `partly-loaded` where only some partitions are in memory.",
            ),
        load: Load.optional().describe("Replicas and resource groups of a loaded collection."),
        rowCount: z
            .int()
            .describe(
                "Number of rows. Exact where the collection is loaded, else the server's statistics, which include deleted rows.",
            ),
        isRowCountExact: z.boolean().describe("Whether `rowCount` is exact."),
        aliases: z.array(z.string()).describe("Names of the aliases that point at the collection."),
        owner: z
            .string()
            .optional()
            .describe("`project/stack/name` of the resource that manages it. Absent where none does."),
        generation: z
            .string()
            .optional()
            .describe("Seven hex digits of the physical collection, where a resource manages it."),
    })
    .describe("A collection as it is on the server, in the form of the arguments of `Collection`.");

export const AliasResult = z
    .strictObject({
        name: z.string().describe("Name of the alias."),
        database: z.string().describe("Its database."),
        collection: z.string().describe("Name of the collection that it points at."),
    })
    .describe("An alias and the collection that it points at.");

export const CollectionsResult = z
    .strictObject({
        database: z.string().describe("The database that was looked in."),
        names: z
            .array(z.string())
            .describe("Names of its collections in alphabetical order, without aliases."),
    })
    .describe("The collections of one database.");

/** Capabilities that a program may ask for, and what each means. */
export const tellable = {
    aliases: "aliases",
    rename: "renaming a collection",
    partitions: "partitions",
    databases: "databases",
    alterProperties: "changing properties of a collection",
    nullable: "fields that may hold NULL, and defaults",
    addField: "adding a scalar field in place",
    addVector: "adding a vector field in place",
    alterSchema: "dropping a field in place",
    severalVectors: "several vector fields in one collection",
} as const satisfies Partial<Record<keyof Capabilities, string>>;

export const ServerResult = z
    .strictObject({
        address: z.string().describe("`host:port` that answered."),
        database: z.string().describe("Database of resources that name none."),
        server: z.string().describe("Product and version: `milvus 2.6.18`, `milvus-lite 3.2.2`."),
        version: z
            .string()
            .optional()
            .describe("The version alone: `2.6.18`. Old milvus-lite does not tell it."),
        isLite: z.boolean().describe("Whether it is milvus-lite."),
        capabilities: z.array(z.string()).describe(
            `What the server can do: ${Object.entries(tellable)
                .map(([name, meaning]) => `\`${name}\` (${meaning})`)
                .join(", ")}.`,
        ),
        lacksTypes: z
            .array(z.string())
            .describe("Data types that it does not support; `Struct` stands for an Array of Structs."),
    })
    .describe("The server, its version, and what it can do.");

export type CollectionResult = z.infer<typeof CollectionResult>;
export type AliasResult = z.infer<typeof AliasResult>;
export type CollectionsResult = z.infer<typeof CollectionsResult>;
export type ServerResult = z.infer<typeof ServerResult>;
