import { z } from "zod";

import { ConnectionArgument } from "./connection";

const nodes = z.number().int().min(0).max(1_000_000);

/** Source: Milvus docs, "Manage Resource Groups". */
export const ResourceGroup = z
    .strictObject({
        name: z
            .string()
            .describe(
                "Name of the group. Default: the logical name of the resource. Another name replaces the resource. Errors: MV007, MV008.",
            ),
        requests: nodes
            .default(0)
            .describe(
                "Query nodes that the group asks for. It takes effect since Milvus 2.4.1. Errors: MV401.",
            ),
        limits: nodes
            .optional()
            .describe(
                "Query nodes that the group has at most; surplus ones go to `transferTo`. Default: `requests`. It takes effect since Milvus 2.4.1. Errors: MV098, MV401.",
            ),
        transferFrom: z
            .array(z.string())
            .default([])
            .describe(
                "Groups that missing nodes come from, before any other. Since Milvus 2.4.1. Errors: MV401.",
            ),
        transferTo: z
            .array(z.string())
            .default([])
            .describe(
                "Groups that surplus nodes go to, before any other. Since Milvus 2.4.1. Errors: MV401.",
            ),
        nodeLabels: z
            .record(z.string(), z.string())
            .default({})
            .describe(
                'Labels that nodes of the group have. Since Milvus 2.5.4. Example: `{ zone: "a" }`. Errors: MV401.',
            ),
        adopt: z.boolean().default(false).describe("Manage a group that exists already. Without it: MV400."),
        connection: ConnectionArgument.optional().describe(
            "Another server than the stack's. Default: the stack's configuration.",
        ),
    })
    .describe(
        'A group of query nodes, which replicas of collections are loaded on (`load.resourceGroups`). Source: Milvus docs, "Manage Resource Groups".',
    );

export type ResourceGroup = z.infer<typeof ResourceGroup>;
export type ResourceGroupArguments = z.input<typeof ResourceGroup>;
