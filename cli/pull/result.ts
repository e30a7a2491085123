import { z } from "zod";

import { languages } from "./write/project";

export const PullResult = z.strictObject({
    folder: z.string().describe("Where the project is, as an absolute path."),
    language: z.enum(languages),
    files: z.array(z.string()),
    resources: z.record(z.string(), z.number()).describe("How many are declared of each type: `Collection`."),
    secrets: z
        .array(z.strictObject({ key: z.string(), about: z.string() }))
        .describe("Settings that the stack has to have before its first `up`."),
    findings: z
        .array(
            z.strictObject({
                code: z.string(),
                message: z.string(),
                url: z.string().describe("Where the code is explained."),
            }),
        )
        .describe("What the program does not declare, and why."),
});

export type PullResult = z.infer<typeof PullResult>;
