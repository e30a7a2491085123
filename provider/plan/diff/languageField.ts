import type { Field } from "../../inputs/schema/collection";

/** The field whose value chooses the analyzer of a row; undefined where one analyzer is for all rows. */
export function languageField({
    multiAnalyzerParams: params,
}: Pick<Field, "multiAnalyzerParams">): string | undefined {
    const { by_field: name } = (params ?? {}) as { by_field?: unknown };
    return typeof name === "string" ? name : undefined;
}
