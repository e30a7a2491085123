import { z } from "zod";

const Left = z.strictObject({
    database: z.string(),
    name: z.string(),
    owner: z.string(),
    what: z.enum(["copy", "orphan", "creation", "expired"]),
    rows: z.number(),
});

export const CleanupResult = z.strictObject({
    found: z.array(Left),
    dropped: z.array(Left).describe("Empty with `--dry-run`."),
});
