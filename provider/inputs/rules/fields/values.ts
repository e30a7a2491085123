import { isVector } from "../../schema/dataType";
import { type CollectionDraft, type FieldDraft, placed } from "../../schema/draft";
import { misfit } from "../../values/fieldValue";
import type { Path } from "../../report/path";
import type { Report } from "../../report/report";

/** Defaults and backfills must fit their fields. Source: Milvus docs, "Nullable & Default". */
export function values(draft: CollectionDraft, report: Report): void {
    for (const { value, at } of placed(draft.fields, ["fields"])) {
        defaultValue(value, [...at, "defaultValue"], report);
        backfill(value, at, report);
    }
}

function defaultValue(field: FieldDraft, place: Path, report: Report): void {
    const { dataType, defaultValue } = field;
    if (defaultValue === undefined || dataType === undefined || field.isPrimaryKey) return;
    if (isVector(dataType) || dataType === "JSON" || dataType === "Array") {
        const instead = "To set the value of existing rows, use backfill.";
        report.mistake("MV030", place, `${dataType} cannot have a default value. ${instead}`);
    } else if (defaultValue === null)
        report.mistake("MV031", place, "NULL cannot be a default value. Omit it and set nullable.");
    else fits(defaultValue, field, place, report);
}

function backfill(field: FieldDraft, at: Path, report: Report): void {
    if (field.backfill === undefined || field.isPrimaryKey) return;
    const place = [...at, "backfill"];
    if (field.backfill !== null) fits(field.backfill, field, place, report);
    else if (!field.nullable)
        report.mistake("MV031", place, "NULL needs a nullable field. Set nullable, or another value.", [
            [...at, "nullable"],
        ]);
}

function fits(value: unknown, field: FieldDraft, place: Path, report: Report): void {
    const found = misfit(value, field);
    if (found) report.mistake(found.code, [...place, ...found.at], found.reason);
}
