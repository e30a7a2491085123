import { type Allowance, allowances } from "../report/allowance";
import { didYouMean } from "../report/didYouMean";
import { type CollectionDraft, each, placed } from "../schema/draft";
import type { Path } from "../report/path";
import type { Report } from "../report/report";
import { secondsOf } from "../values/duration";

/** The names in `migration` must exist, and its durations must be ones. */
export function migration(draft: CollectionDraft, report: Report): void {
    const { allow = [], moveToDynamicField = [], keepPrevious } = draft.migration ?? {};
    if (typeof keepPrevious === "object")
        duration(keepPrevious.for, ["migration", "keepPrevious", "for"], report);
    // Unknown entries of the lists are undefined.
    for (const [index, loss] of (allow as (string | undefined)[]).entries())
        if (loss !== undefined) allowance(loss, ["migration", "allow", index], report);
    for (const [index, name] of (moveToDynamicField as (string | undefined)[]).entries())
        if (name !== undefined)
            movedToDynamicField(name, draft, ["migration", "moveToDynamicField", index], report);
}

/** @param text undefined where it is missing, or not known before `pulumi up` */
function duration(text: string | undefined, place: Path, report: Report): void {
    if (text === undefined || secondsOf(text) !== undefined) return;
    const reason = `"${text.slice(0, 64)}" is not a duration from 1 s to 3,650 days. Write whole numbers with d, h, m or s, the largest unit first: "24h", "7d", "1h30m".`;
    report.mistake("MV082", place, reason);
}

function allowance(loss: string, place: Path, report: Report): void {
    const [, kind = "", name] = /^([^:]*)(?::(.*))?$/s.exec(loss) ?? [];
    const wrong = (reason: string): void => report.mistake("MV081", place, reason);
    if (!(kind in allowances)) {
        const known = Object.keys(allowances);
        const hint = didYouMean(kind, known) || ` Write one of ${known.join(", ")}.`;
        wrong(`"${kind.slice(0, 64)}" is not a loss that can be allowed.${hint}`);
        return;
    }
    const { of } = allowances[kind as Allowance];
    if (of === undefined && name !== undefined) wrong(`Write "${kind}" without a name.`);
    if (of !== undefined && (name ?? "") === "") wrong(`Write "${kind}:" and the name of the ${of}.`);
}

/** A field moves to the dynamic field only if it is omitted from `fields` and the dynamic field is on. */
function movedToDynamicField(name: string, draft: CollectionDraft, place: Path, report: Report): void {
    const fields = placed(draft.fields, ["fields"]);
    if (fields.some(({ value }) => value.name === name))
        report.mistake(
            "MV044",
            place,
            `"${name}" is a field of the program. Omit it from fields or from moveToDynamicField.`,
            each(fields, ["fields"], "name"),
        );
    if (draft.enableDynamicField !== true)
        report.mistake("MV045", place, "The dynamic field is off. Set enableDynamicField: true.", [
            ["enableDynamicField"],
        ]);
}
