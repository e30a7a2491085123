import type { CollectionDraft } from "../schema/draft";
import type { Report } from "../report/report";

/** The stamp that tells whose a collection is stands in its properties. */
const reservedPrefix = "pulumi.";

export function properties(draft: CollectionDraft, report: Report): void {
    for (const name of Object.keys(draft.properties ?? {}))
        if (name.startsWith(reservedPrefix))
            report.mistake(
                "MV080",
                ["properties", name],
                `Properties beginning with ${reservedPrefix} are this provider's own. Choose another name.`,
            );
}
