import { isVector } from "../schema/dataType";
import { type CollectionDraft, each, placed } from "../schema/draft";
import type { Report } from "../report/report";

/** Source: Milvus docs, "Milvus Limits" (proxy.maxFieldNum, proxy.maxVectorFieldNum). */
const mostFields = 64;
const mostVectors = 4;

export function limits(draft: CollectionDraft, report: Report): void {
    if (draft.fields === undefined) return;
    const fields = placed(draft.fields, ["fields"]);
    const members = fields.flatMap(({ value, at }) => placed(value.fields, [...at, "fields"]));
    const vectors = [...fields, ...members].filter(({ value }) => isVector(value.dataType));
    if (vectors.length === 0)
        report.mistake(
            "MV050",
            ["fields"],
            "No field is a vector. Milvus needs one, such as a FloatVector with its dim.",
            [
                ...each(fields, ["fields"], "dataType"),
                ...each(fields, ["fields"], "fields"),
                ...each(members, ["fields"], "dataType"),
            ],
        );
    if (fields.length > mostFields)
        report.mistake(
            "MV051",
            ["fields"],
            `A collection has at most ${mostFields} fields, not ${fields.length}.`,
        );
    if (vectors.length > mostVectors)
        report.warn(
            "MV052",
            ["fields"],
            `The collection has ${vectors.length} vector fields. Servers accept ${mostVectors} unless proxy.maxVectorFieldNum is higher (at most 10).`,
        );
}
