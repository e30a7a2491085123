import { z } from "zod";

import { ConnectionArgument } from "./connection";

/** A second name of a collection, which can move to another. Source: Milvus docs, "Manage Aliases". */
export const Alias = z.strictObject({
    /** Defaults to the resource's logical name. */
    name: z.string(),
    /** The collection's name on the server. */
    collection: z.string(),
    /** Defaults to the connection's database. */
    database: z.string().optional(),
    /** Takes over an alias that is already there. */
    adopt: z.boolean().default(false),
    connection: ConnectionArgument.optional(),
});

export type Alias = z.infer<typeof Alias>;
export type AliasArguments = z.input<typeof Alias>;
