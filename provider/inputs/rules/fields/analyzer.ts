import { type CollectionDraft, placed } from "../../schema/draft";
import type { Report } from "../../report/report";

/** Source: Milvus docs, "Analyzer Overview" and "Text Match". */
export function analyzer(draft: CollectionDraft, report: Report): void {
    for (const { value, at } of placed(draft.fields, ["fields"])) {
        const { dataType, enableAnalyzer, enableMatch, analyzerParams } = value;
        const enabled = [[...at, "enableAnalyzer"]];
        if (enableAnalyzer && dataType && dataType !== "VarChar")
            report.mistake(
                "MV027",
                enabled[0]!,
                `Only a VarChar has an analyzer, not ${dataType}. Leave it out.`,
            );
        if (enableMatch && !enableAnalyzer)
            report.mistake(
                "MV053",
                [...at, "enableMatch"],
                "Text match needs an analyzer: set enableAnalyzer, too.",
                enabled,
            );
        if (analyzerParams === undefined) continue;
        const place = [...at, "analyzerParams"];
        if (typeof analyzerParams !== "object" || analyzerParams === null || Array.isArray(analyzerParams))
            report.mistake("MV001", place, 'analyzerParams is an object, such as { type: "english" }.');
        else if (!enableAnalyzer)
            report.mistake(
                "MV053",
                place,
                "analyzerParams count with an analyzer only: set enableAnalyzer, too.",
                enabled,
            );
    }
}
