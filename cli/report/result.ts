import { z } from "zod";

/** What a command with `--report` says of it. */
export const written = {
    report: z.string().nullable().describe("The page that `--report` has written, as it was named."),
};

export type Written = z.infer<z.ZodObject<typeof written>>;
