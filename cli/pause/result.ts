import { z } from "zod";

export const PauseResult = z.strictObject({
    database: z.string(),
    from: z.string(),
    to: z.string(),
    isPaused: z.boolean(),
});
