import { z } from "zod";

import { PlanJson } from "../../provider/plan/render/json";
import { written } from "../report/result";

const plan = {
    ...PlanJson.shape,
    approval: z
        .string()
        .nullable()
        .describe("The hash that `milvus:approvedPlan` takes; null where nothing can be approved."),
    unfinished: z
        .string()
        .nullable()
        .describe("What an interrupted run has put in service, and left to finish. `alter` does it first."),
};

/** A plan, before anything is done. */
export const PlanFound = z.strictObject(plan).describe("The keys of docs/plan-json.md, and some more.");

export const PlanResult = z.strictObject({
    ...plan,
    ...written,
    saved: z.string().nullable().describe("The file that `--save` has written, as it was named."),
});

export type PlanFound = z.infer<typeof PlanFound>;
export type PlanResult = z.infer<typeof PlanResult>;
