import { isVector } from "../schema/dataType";
import { didYouMean } from "../report/didYouMean";
import { type CollectionDraft, each, placed } from "../schema/draft";
import type { Path } from "../report/path";
import type { Report } from "../report/report";

/** A gate asks vector fields of the collection: the server searches a vector in an Array of Structs in another way. */
export function gate(draft: CollectionDraft, report: Report): void {
    const { fields = [], searchParams = {} } = draft.migration?.gate ?? {};
    const declared = placed(draft.fields, ["fields"]);
    const vectors = declared.flatMap(({ value: { name, dataType } }) =>
        name !== undefined && isVector(dataType) ? [name] : [],
    );
    const needs = [...each(declared, ["fields"], "name"), ...each(declared, ["fields"], "dataType")];
    const check = (name: string, place: Path): void => {
        if (vectors.includes(name)) return;
        const hint = didYouMean(name, vectors) || ` Vector fields: ${vectors.join(", ") || "none"}.`;
        report.mistake("MV065", place, `There is no vector field "${name.slice(0, 64)}".${hint}`, needs);
    };
    const at = ["migration", "gate"] as const;
    // Unknown entries of the list are undefined.
    for (const [index, name] of (fields as (string | undefined)[]).entries())
        if (name !== undefined) check(name, [...at, "fields", index]);
    for (const name of Object.keys(searchParams)) check(name, [...at, "searchParams", name]);
}
