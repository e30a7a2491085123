import type { CollectionSchema, FieldSchema } from "./messages";
import { record } from "./messages";
import { demand } from "./refusal";
import { rules } from "./rules";
import type { Version } from "./version";

/**
 * Analyzers are looked at for text match and for the input of a BM25 function alone. Source: validateAnalyzer and
 * validateMultiAnalyzerParams in rootcoord/create_collection_task.go.
 */
export function checkAnalyzers(schema: CollectionSchema, version: Version): void {
    for (const field of schema.fields) {
        const params = record(field.type_params);
        const isInput = schema.functions.some(
            ({ type, input_field_names: inputs }) => type === "BM25" && inputs.includes(field.name),
        );
        const isMatched = params.enable_match === "true";
        const text = params.multi_analyzer_params;
        if (!rules.multiAnalyzer(version) || (!isInput && !isMatched) || text === undefined) continue;
        demand(
            !isMatched,
            "unexpected",
            `multi analyzer now only support for bm25, but now field ${field.name} enable match`,
        );
        demand(
            params.analyzer_params === undefined,
            "unexpected",
            `field ${field.name} analyzer params should be none if has multi analyzer params`,
        );
        checkMultiAnalyzer(text, schema.fields);
    }
}

function checkMultiAnalyzer(text: string, fields: readonly FieldSchema[]): void {
    const {
        by_field: by,
        alias = {},
        analyzers,
    } = JSON.parse(text) as {
        by_field?: unknown;
        alias?: Record<string, unknown>;
        analyzers?: Record<string, unknown>;
    };
    demand(
        by !== undefined,
        "unexpected",
        "multi analyzer params now must set by_field to specify with field decide analyzer",
    );
    const guide = fields.find(({ name }) => name === by);
    demand(
        guide !== undefined,
        "unexpected",
        `multi analyzer dependent field ${JSON.stringify(by)} not exist`,
    );
    demand(
        guide.data_type === "VarChar",
        "unexpected",
        `multi analyzer params now only support by string field, but field ${guide.name} is not string`,
    );
    demand(
        Object.values(alias).every((one) => typeof one === "string"),
        "unexpected",
        "multi analyzer alias must be string map",
    );
    demand(analyzers !== undefined, "unexpected", "multi analyzer params must set analyzers ");
    demand(
        "default" in analyzers,
        "unexpected",
        "multi analyzer must set default analyzer for all unknown value",
    );
}
