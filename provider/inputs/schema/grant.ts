import { z } from "zod";

import { ConnectionArgument } from "./connection";

/** Source: Milvus docs, "Grant Privileges to Roles". */
export const Grant = z
    .strictObject({
        role: z
            .string()
            .describe("Name of the role. Another role replaces the resource. Errors: MV007, MV423, MV425."),
        privileges: z
            .array(z.string())
            .default([])
            .describe(
                "Privileges as Milvus names them: `Search`, `Query`, `Insert`; `*` is all. Errors: MV003, MV421, MV422.",
            ),
        privilegeGroups: z
            .array(z.string())
            .default([])
            .describe(
                "Groups of privileges, built-in ones (`CollectionReadOnly`, `DatabaseAdmin`) or of a `PrivilegeGroup` (Milvus 2.5). Errors: MV003, MV401, MV421.",
            ),
        database: z
            .string()
            .optional()
            .describe(
                "Database of the grant; `*` is the whole server. Default: the database of the connection. Errors: MV007, MV422.",
            ),
        collection: z
            .string()
            .optional()
            .describe(
                "Collection of the grant: `collectionName` of a `Collection`, whose generations it follows, or the name of an alias; `*` is all collections of the database. Default: all. Errors: MV007, MV422.",
            ),
        adopt: z
            .boolean()
            .default(false)
            .describe(
                "Take away also what the role had already when the Grant was created. Without it, only what the Grant gave is taken away.",
            ),
        connection: ConnectionArgument.optional().describe(
            "Another server than the stack's. Default: the stack's configuration.",
        ),
    })
    .describe(
        'Privileges of a role on a collection, on a database, or on the server. Source: Milvus docs, "Grant Privileges to Roles".',
    );

export type Grant = z.infer<typeof Grant>;
export type GrantArguments = z.input<typeof Grant>;
