import { z } from "zod";

const seen = {
    alias: z.string(),
    collection: z.string(),
    owner: z.string().nullable().describe("The resource that has the collection."),
    isProtected: z.boolean().describe("Whether its program protects the collection, and the alias with it."),
};

export const AliasesResult = z.strictObject({ database: z.string(), aliases: z.array(z.strictObject(seen)) });
export const AliasResult = z.strictObject({ database: z.string(), ...seen });
export const ChangedAliasResult = z.strictObject({
    database: z.string(),
    alias: z.string(),
    collection: z.string(),
    from: z.string().optional().describe("Where it pointed before a switch."),
});

export type AliasSeen = Omit<z.infer<typeof AliasResult>, "database">;
