import { z } from "zod";

import { PlanFound } from "../plan/result";
import { written } from "../report/result";

/** Also of `rollback`, which is such a change. */
export const AlterResult = z.strictObject({
    ...PlanFound.shape,
    changed: z.boolean().describe("False for a dry run, and where there was nothing to do."),
    serves: z.string().describe("The collection that is in service now."),
    ...written,
});

export type AlterResult = z.infer<typeof AlterResult>;
