import type { BegunPlan } from "../../observe/generation";
import { property } from "../../observe/properties";

/** Records on a collection which approved plan a run carries out with it. */
export const approvedProperty = (approved: BegunPlan): Record<string, string> => ({
    [property.approved]: JSON.stringify(approved),
});
