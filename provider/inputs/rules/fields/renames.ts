import { type CollectionDraft, placed } from "../../schema/draft";
import type { Report } from "../../report/report";

/** `previousName` names the old field whose values are carried over. Only one field can take them. */
export function renames(draft: CollectionDraft, report: Report): void {
    const fields = placed(draft.fields, ["fields"]);
    const byName = new Map(fields.map((field) => [field.value.name, field]));
    const successors = new Map<string, string>();
    for (const { value, at } of fields) {
        const { name = "another field", previousName } = value;
        if (previousName === undefined) continue;
        const place = [...at, "previousName"];
        if (previousName === value.name) {
            report.mistake(
                "MV040",
                place,
                `The field is already named "${previousName}". Omit previousName.`,
            );
            continue;
        }
        const successor = successors.get(previousName);
        if (successor !== undefined)
            report.mistake(
                "MV041",
                place,
                `"${previousName}" is also the previousName of ${successor}. Only one field can take its values.`,
            );
        successors.set(previousName, name);
        const owner = byName.get(previousName);
        // Two fields may swap their names; then the other field has a previousName, too.
        if (owner && owner.value.previousName === undefined)
            report.mistake(
                "MV042",
                place,
                `The program still declares a field "${previousName}". Omit that field, or set its previousName.`,
                [[...owner.at, "previousName"]],
            );
    }
}
