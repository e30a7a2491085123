import type { CollectionDraft } from "../schema/draft";
import type { Report } from "../report/report";

/** The prefix of the provider's own properties, such as the ownership marker. */
const reservedPrefix = "pulumi.";

export function properties(draft: Pick<CollectionDraft, "properties">, report: Report): void {
    for (const name of Object.keys(draft.properties ?? {}))
        if (name.startsWith(reservedPrefix))
            report.mistake(
                "MV080",
                ["properties", name],
                `Properties that begin with ${reservedPrefix} are reserved. Choose another name.`,
            );
}
