import { z } from "zod";

import { ConnectionArgument } from "./connection";

const database = z
    .string()
    .optional()
    .describe("Database to look in. Default: the database of the connection. Errors: MV007, MV008.");
const connection = ConnectionArgument.optional().describe(
    "Another server than the provider's. Default: the provider's.",
);

/** Arguments of the functions that a program looks things up with. */
export const CollectionLookup = z
    .strictObject({
        name: z
            .string()
            .describe(
                "Name of the collection on the server, or of an alias of it. Errors: MV007, MV008, MV391.",
            ),
        database,
        connection,
    })
    .describe(
        "Looks at a collection as it stands on the server: schema, indexes, partitions, number of rows, load state, aliases. Nothing is changed.",
    );

export const AliasLookup = z
    .strictObject({
        name: z.string().describe("Name of the alias. Errors: MV007, MV008, MV391."),
        database,
        connection,
    })
    .describe("Looks up which collection an alias points at.");

export const CollectionsLookup = z
    .strictObject({ database, connection })
    .describe("Lists the collections of a database, whoever created them.");

export const ServerLookup = z
    .strictObject({ connection })
    .describe("Asks a server for its version, and for what it can do.");

/** The arguments of each, after all checks. */
export type Lookup = z.infer<typeof CollectionLookup>;
export type DatabaseLookup = z.infer<typeof CollectionsLookup>;
