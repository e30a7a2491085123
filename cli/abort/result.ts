import { z } from "zod";

export const AbortResult = z.strictObject({
    database: z.string(),
    owner: z.string(),
    dropped: z.string().describe("The copy."),
    serves: z.string().describe("The old collection, by the name that it has now."),
});
