import { z } from "zod";

/** The result of `doctor`. */
export const DoctorResult = z.strictObject({
    address: z.string(),
    version: z.string().describe("As the server says it."),
    server: z.string().describe("Name and version."),
    tls: z.boolean(),
    user: z.string().nullable(),
    database: z.string(),
    rights: z.strictObject({
        kind: z
            .enum(["none asked", "all", "some"])
            .describe(
                "`none asked`: the server has no users. `all`: nothing that the provider does is refused.",
            ),
        activities: z.array(
            z.strictObject({ activity: z.string(), can: z.boolean(), lacks: z.array(z.string()) }),
        ),
        refusals: z
            .array(z.strictObject({ privilege: z.string(), message: z.string() }))
            .describe("What is missing, and the call that grants it."),
    }),
    quotas: z.strictObject({
        databases: z.number().nullable(),
        collections: z.number().nullable().describe("In the database of the connection."),
        properties: z.record(z.string(), z.string()).describe("Of the database, limits among them."),
    }),
    inPlace: z.array(
        z.strictObject({
            what: z.string(),
            can: z.boolean(),
            otherwise: z.string().describe("What happens where the server cannot."),
        }),
    ),
});

export type Examination = z.infer<typeof DoctorResult>;
