import { z } from "zod";

export const DatabaseResult = z
    .strictObject({
        name: z.string().describe("Name of the database."),
        properties: z
            .record(z.string(), z.string())
            .describe("Properties as Milvus spells them. Empty where the server stores none (before 2.4.6)."),
    })
    .describe("A database and its properties.");

export const ResourceGroupResult = z
    .strictObject({
        name: z.string().describe("Name of the resource group."),
        requests: z
            .int()
            .optional()
            .describe(
                "Query nodes that the group asks for. Absent before Milvus 2.4.1, as is the rest of its configuration.",
            ),
        limits: z.int().optional().describe("Query nodes that it has at most."),
        transferFrom: z.array(z.string()).optional().describe("Groups that missing nodes come from."),
        transferTo: z.array(z.string()).optional().describe("Groups that surplus nodes go to."),
        nodeLabels: z.record(z.string(), z.string()).optional().describe("Labels that its nodes have."),
        nodes: z.int().describe("Query nodes that it has."),
        replicas: z
            .record(z.string(), z.int())
            .describe("Number of replicas that are loaded in it, by collection."),
    })
    .describe("A resource group, its configuration, and what it holds.");

export type DatabaseResult = z.infer<typeof DatabaseResult>;
export type ResourceGroupResult = z.infer<typeof ResourceGroupResult>;
