import { didYouMean } from "../../report/didYouMean";
import type { Path } from "../../report/path";
import type { Report } from "../../report/report";
import { type CollectionDraft, each, type FieldDraft, placed } from "../../schema/draft";

/** The analyzer of a row whose language has none. */
const DEFAULT = "default";

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** Source: Milvus docs, "Multi-language Analyzers" (2.5.11); validateMultiAnalyzerParams in rootcoord/create_collection_task.go. */
export function multiAnalyzer(draft: CollectionDraft, report: Report): void {
    for (const { value, at } of placed(draft.fields, ["fields"])) {
        const { multiAnalyzerParams: params } = value;
        if (params === undefined) continue;
        const place = [...at, "multiAnalyzerParams"];
        if (!isObject(params)) {
            const form = 'such as { analyzers: { default: { type: "standard" } }, by_field: "language" }';
            report.mistake("MV001", place, `multiAnalyzerParams must be an object, ${form}.`);
            continue;
        }
        neighbours(value, at, report);
        const analyzers = isObject(params["analyzers"]) ? params["analyzers"] : {};
        if (!(DEFAULT in analyzers))
            report.mistake(
                "MV475",
                place,
                `analyzers has no "${DEFAULT}", which analyzes every text of another language. Add it.`,
                [place],
            );
        byField(params["by_field"], place, draft, report);
        aliases(params["alias"], Object.keys(analyzers), place, report);
        readBy(value, place, draft, report);
    }
}

function neighbours(field: FieldDraft, at: Path, report: Report): void {
    const place = [...at, "multiAnalyzerParams"];
    if (!field.enableAnalyzer)
        report.mistake("MV053", place, "multiAnalyzerParams needs an analyzer. Set enableAnalyzer.", [
            [...at, "enableAnalyzer"],
        ]);
    if (field.enableMatch)
        report.mistake(
            "MV478",
            place,
            "Text match uses one analyzer for all rows. Omit enableMatch, or multiAnalyzerParams.",
        );
    if (field.analyzerParams !== undefined)
        report.mistake(
            "MV478",
            place,
            "A field has analyzerParams for all rows, or multiAnalyzerParams by language. Omit one of them.",
        );
}

function byField(name: unknown, place: Path, draft: CollectionDraft, report: Report): void {
    const fields = placed(draft.fields, ["fields"]);
    const reason = (what: string, hint: string) => `by_field ${what}${hint}`;
    if (typeof name !== "string") {
        const hint = " Write the name of a VarChar field whose value is the language of the row.";
        report.mistake("MV476", place, reason("is missing.", hint), [place]);
        return;
    }
    const found = fields.find(({ value }) => value.name === name)?.value;
    const names = fields.flatMap(({ value }) => value.name ?? []);
    const hint = didYouMean(name, names) || " Declare it in fields.";
    if (!found)
        report.mistake("MV476", place, reason(`is "${name}", and there is no such field.`, hint), [
            place,
            ...each(fields, ["fields"], "name"),
        ]);
    else if (found.dataType !== undefined && found.dataType !== "VarChar")
        report.mistake(
            "MV476",
            place,
            reason(`is "${name}", of the type ${found.dataType}.`, " Write the name of a VarChar field."),
        );
}

/** The server takes an alias without an analyzer, and analyzes its rows by the default. */
function aliases(alias: unknown, analyzers: readonly string[], place: Path, report: Report): void {
    if (alias === undefined) return;
    if (!isObject(alias)) {
        report.mistake("MV001", place, 'alias must be an object of texts, such as { en: "english" }.');
        return;
    }
    for (const [language, to] of Object.entries(alias))
        if (typeof to !== "string" || !analyzers.includes(to)) {
            const hint = typeof to === "string" ? didYouMean(to, analyzers) : "";
            const reason = `alias "${language}" names the analyzer ${JSON.stringify(to)}, which analyzers lacks.`;
            report.mistake("MV477", place, `${reason}${hint || " Add it to analyzers."}`, [place]);
        }
}

/** Only BM25 analyzes by language (validateAnalyzer). */
function readBy({ name }: FieldDraft, place: Path, draft: CollectionDraft, report: Report): void {
    const all = placed(draft.functions, ["functions"]);
    const isRead = all.some(({ value }) => value.type === "BM25" && value.inputFieldNames?.includes(name));
    if (name === undefined || isRead) return;
    report.warn(
        "MV479",
        place,
        `No BM25 function reads ${name}, so its analyzers have no effect. Add a function, or omit them.`,
        [...each(all, ["functions"], "type"), ...each(all, ["functions"], "inputFieldNames")],
    );
}
