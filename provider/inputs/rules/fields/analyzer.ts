import { type CollectionDraft, placed } from "../../schema/draft";
import type { Report } from "../../report/report";

/** Source: Milvus docs, "Analyzer Overview" and "Text Match". */
export function analyzer(draft: CollectionDraft, report: Report): void {
    for (const { value, at } of placed(draft.fields, ["fields"])) {
        const { dataType, enableAnalyzer, enableMatch, analyzerParams } = value;
        const enabled = [[...at, "enableAnalyzer"]];
        if (enableAnalyzer && dataType && dataType !== "VarChar")
            report.mistake("MV027", enabled[0]!, `Only a VarChar has an analyzer, not ${dataType}. Omit it.`);
        if (enableMatch && !enableAnalyzer)
            report.mistake(
                "MV053",
                [...at, "enableMatch"],
                "enableMatch needs an analyzer. Set enableAnalyzer.",
                enabled,
            );
        if (analyzerParams === undefined) continue;
        const place = [...at, "analyzerParams"];
        if (typeof analyzerParams !== "object" || analyzerParams === null || Array.isArray(analyzerParams))
            report.mistake("MV001", place, 'analyzerParams must be an object, such as { type: "english" }.');
        else if (!enableAnalyzer)
            report.mistake("MV053", place, "analyzerParams needs an analyzer. Set enableAnalyzer.", enabled);
    }
}
