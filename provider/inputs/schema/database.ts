import { z } from "zod";

import { ConnectionArgument } from "./connection";
import { Properties } from "./params";

/** Source: Milvus docs, "Database". */
export const Database = z
    .strictObject({
        name: z
            .string()
            .describe(
                "Name of the database. Default: the logical name of the resource. Another name replaces the resource. Errors: MV007, MV008.",
            ),
        properties: Properties.default({}).describe(
            'Properties as Milvus spells them: `database.replica.number`, `database.resource_groups`, `database.diskQuota.mb`, `database.max.collections`, `database.force.deny.writing`, `database.force.deny.reading`, `timezone`. They change in place; one that you remove is deleted from the server. The preview warns of what they do to clients (MV409); `cipher.enabled` is fixed once the database is created (MV408). Source: Milvus docs, "Database". Errors: MV080, MV401, MV408, MV409.',
        ),
        forceDestroy: z
            .boolean()
            .default(false)
            .describe(
                "Drop the database with all its collections and their rows. Without it a database is dropped only when it is empty. A collection with rows and `deletionProtection` is kept. Errors: MV305, MV403.",
            ),
        adopt: z
            .boolean()
            .default(false)
            .describe("Manage a database that exists already. Without it: MV400."),
        connection: ConnectionArgument.optional().describe(
            "Another server than the stack's. Default: the stack's configuration.",
        ),
    })
    .describe(
        'A database: a namespace of collections and aliases. Source: Milvus docs, "Database" (Milvus 2.2.9; properties 2.4).',
    );

export type Database = z.infer<typeof Database>;
export type DatabaseArguments = z.input<typeof Database>;
