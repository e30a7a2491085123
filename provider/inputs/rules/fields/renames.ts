import { type CollectionDraft, placed } from "../../schema/draft";
import type { Report } from "../../report/report";

/** `previousName` says which old field's values come along: every old field has one heir. */
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
                `The field is called "${previousName}" now. Leave previousName out.`,
            );
            continue;
        }
        const successor = successors.get(previousName);
        if (successor !== undefined)
            report.mistake(
                "MV041",
                place,
                `"${previousName}" is the previous name of ${successor}, too. Its values go to one field.`,
            );
        successors.set(previousName, name);
        const owner = byName.get(previousName);
        // Two fields may swap their names: then the other has a previous name of its own.
        if (owner && owner.value.previousName === undefined)
            report.mistake(
                "MV042",
                place,
                `The program has a field "${previousName}" itself. Leave that one out, or give it a previousName of its own.`,
                [[...owner.at, "previousName"]],
            );
    }
}
