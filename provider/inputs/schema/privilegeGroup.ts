import { z } from "zod";

import { ConnectionArgument } from "./connection";

/** Source: Milvus docs, "Create Privilege Group". */
export const PrivilegeGroup = z
    .strictObject({
        name: z
            .string()
            .describe(
                "Name of the group. Default: the logical name of the resource. Another name replaces the resource. Errors: MV007, MV008.",
            ),
        privileges: z
            .array(z.string())
            .describe(
                "The privileges of the group, all of one level (cluster, database, collection). They are added and removed in place. Errors: MV421.",
            ),
        adopt: z.boolean().default(false).describe("Manage a group that exists already. Without it: MV400."),
        connection: ConnectionArgument.optional().describe(
            "Another server than the stack's. Default: the stack's configuration.",
        ),
    })
    .describe(
        'A group of privileges that roles are granted as one. A group that a role still has is not dropped: MV420. Source: Milvus docs, "Create Privilege Group" (Milvus 2.5).',
    );

export type PrivilegeGroup = z.infer<typeof PrivilegeGroup>;
export type PrivilegeGroupArguments = z.input<typeof PrivilegeGroup>;
