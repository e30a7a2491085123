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

export const DatabasesLookup = z
    .strictObject({ connection })
    .describe("Lists the databases of a server, whoever created them.");

export const OneDatabaseLookup = z
    .strictObject({
        name: z.string().describe("Name of the database. Errors: MV007, MV008, MV391, MV401."),
        connection,
    })
    .describe("Looks up the properties of a database.");

export const RoleLookup = z
    .strictObject({
        name: z.string().describe("Name of the role. Errors: MV007, MV008, MV391, MV401."),
        connection,
    })
    .describe(
        "Looks up who has a role, and what it may do. The user of the connection needs the rights of `admin`.",
    );

export const RolesLookup = z
    .strictObject({ connection })
    .describe("Lists the roles of a server, also the built-in ones. Errors: MV401.");

export const UserLookup = z
    .strictObject({
        name: z.string().describe("Name of the user. Errors: MV007, MV391, MV401."),
        connection,
    })
    .describe(
        "Looks up the roles of a user. No server tells a password. The user of the connection needs the rights of `admin`.",
    );

export const UsersLookup = z
    .strictObject({ connection })
    .describe("Lists the users of a server. Errors: MV401.");

export const ResourceGroupLookup = z
    .strictObject({
        name: z.string().describe("Name of the resource group. Errors: MV007, MV008, MV391, MV401."),
        connection,
    })
    .describe("Looks up the configuration of a resource group, and which replicas are loaded in it.");

export const ResourceGroupsLookup = z
    .strictObject({ connection })
    .describe("Lists the resource groups of a server, also the default one. Errors: MV401.");

export const PrivilegeGroupsLookup = z
    .strictObject({ connection })
    .describe(
        "Lists the groups of privileges that users have made (Milvus 2.5), without the built-in ones. The user of the connection needs the rights of `admin`. Errors: MV401.",
    );

/** What a look-up names. */
export type Looked = "collection" | "database" | "role" | "user" | "resource group";

/** The arguments of each, after all checks. */
export type Lookup = z.infer<typeof CollectionLookup>;
export type DatabaseLookup = z.infer<typeof CollectionsLookup>;
export type ServerLookup = z.infer<typeof ServerLookup>;
export type NamedLookup = z.infer<typeof RoleLookup>;
