import { z } from "zod";

import { ConnectionArgument } from "./connection";

/** Source: Milvus docs, "Manage Partitions". */
export const Partition = z
    .strictObject({
        name: z
            .string()
            .describe(
                "Name of the partition. Default: the logical name of the resource. Another name replaces the resource. Errors: MV007, MV008.",
            ),
        collection: z
            .string()
            .describe(
                "Name of the collection on the server: `collectionName` of a `Collection`, of this stack or of another. A migration carries the partition over with its rows, and the resource follows. Errors: MV007, MV008, MV404, MV405.",
            ),
        database: z
            .string()
            .optional()
            .describe(
                "Database of the collection. Default: the database of the connection. Another one replaces the resource. Errors: MV007, MV008.",
            ),
        forceDestroy: z
            .boolean()
            .default(false)
            .describe(
                "Drop the partition with its rows. Without it a partition is dropped only when it is empty. Errors: MV406.",
            ),
        adopt: z
            .boolean()
            .default(false)
            .describe("Manage a partition that exists already. Without it: MV400."),
        connection: ConnectionArgument.optional().describe(
            "Another server than the stack's. Default: the stack's configuration.",
        ),
    })
    .describe(
        'A partition of a collection that another program or stack owns. For your own collection use its `partitions`. Source: Milvus docs, "Manage Partitions".',
    );

export type Partition = z.infer<typeof Partition>;
export type PartitionArguments = z.input<typeof Partition>;
