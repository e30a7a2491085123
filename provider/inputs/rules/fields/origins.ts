import { isVector } from "../../schema/dataType";
import { type CollectionDraft, placed } from "../../schema/draft";
import { parseJsonPath } from "../../values/jsonPath";
import type { Report } from "../../report/report";

/** `from` names the JSON that holds the value of a new field in existing rows. */
export function origins(draft: CollectionDraft, report: Report): void {
    const filled = new Set((draft.functions ?? []).flatMap((one) => one?.outputFieldNames ?? []));
    for (const { value, at } of placed(draft.fields, ["fields"])) {
        const { name, from, dataType, previousName } = value;
        if (from === undefined) continue;
        const wrong = (reason: string, ...needs: string[]): void =>
            report.mistake(
                "MV043",
                [...at, "from"],
                reason,
                needs.map((argument) => [...at, argument]),
            );
        if (parseJsonPath(from) === undefined)
            wrong(
                `${JSON.stringify(from.slice(0, 64))} is not a JSON path. Write "$meta.key" or "field.key".`,
            );
        if (previousName !== undefined)
            wrong("A field's values come from one source. Omit previousName or from.", "previousName");
        if (value.isPrimaryKey) wrong("A primary key keeps its values. Omit from.", "isPrimaryKey");
        if (isVector(dataType) || (dataType === "Array" && value.elementType === "Struct"))
            wrong(
                `Values of ${isVector(dataType) ? dataType : "Structs"} cannot be read from JSON. Use backfill or migration.transform.`,
            );
        if (name !== undefined && filled.has(name))
            report.mistake("MV036", [...at, "from"], `${name} is filled by a function. Omit its from.`, [
                ["functions"],
            ]);
    }
}
