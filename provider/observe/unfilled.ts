import { property } from "./properties";
import type { Unfilled } from "./state";
import { unpacked } from "./unpacked";

/** The plan of a backfill, as its checkpoint has it: `lang:3f2a99c1 page:77d0a1b2`. A name holds neither a colon nor a blank. */
export function backfillPlan(fields: readonly Unfilled[]): string {
    return fields.map(({ field, value }) => `${field}:${value}`).join(" ");
}

/** The fields whose backfill is begun and not complete. None where the property is missing, or not readable. */
export function unfilledOf(properties: Readonly<Record<string, string>>): Unfilled[] {
    const text = properties[property.backfill];
    if (!text) return [];
    try {
        const { plan } = unpacked(text) as { plan: string };
        return plan.split(" ").map((part) => {
            const [field = "", value = ""] = part.split(":");
            return { field, value };
        });
    } catch {
        return [];
    }
}
