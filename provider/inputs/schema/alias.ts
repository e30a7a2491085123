import { z } from "zod";

import { ConnectionArgument } from "./connection";

/** Source: Milvus docs, "Manage Aliases". */
export const Alias = z
    .strictObject({
        name: z
            .string()
            .describe(
                "Name of the alias. Default: the logical name of the resource. It cannot be the name of a collection. Another name replaces the resource. Errors: MV007, MV008, MV095, MV310, MV311.",
            ),
        collection: z
            .string()
            .describe(
                "Name of a collection on the server: `collectionName` of a `Collection`. When it changes, the alias moves in one AlterAlias call, to a collection that is loaded. Errors: MV007, MV008, MV312, MV344, MV345.",
            ),
        database: z
            .string()
            .optional()
            .describe(
                "Database of the alias. Default: the database of the connection. Errors: MV007, MV008.",
            ),
        adopt: z
            .boolean()
            .default(false)
            .describe("Take over an alias that exists already and points elsewhere. Without it: MV310."),
        connection: ConnectionArgument.optional().describe(
            "Another server than the stack's. Default: the stack's configuration.",
        ),
    })
    .describe(
        'A second, movable name of a collection. Source: Milvus docs, "Manage Aliases": aliases and collections of a database share one namespace.',
    );

export type Alias = z.infer<typeof Alias>;
export type AliasArguments = z.input<typeof Alias>;
