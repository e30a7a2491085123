import { didYouMean } from "../report/didYouMean";
import {
    type CollectionDraft,
    each,
    type FieldDraft,
    type FunctionDraft,
    placed,
    type Placed,
} from "../schema/draft";
import { functionTypeNames } from "../schema/openNames";
import type { Path } from "../report/path";
import type { Report } from "../report/report";

const functionTypes: readonly string[] = functionTypeNames;

type Fields = Map<string, Placed<FieldDraft>>;

/** Source: Milvus docs, "Full Text Search"; the rules for every function are from the server's validation (2.5). */
export function functions(draft: CollectionDraft, report: Report): void {
    const fields = placed(draft.fields, ["fields"]);
    const byName: Fields = new Map(
        fields.flatMap((field) => (field.value.name === undefined ? [] : [[field.value.name, field]])),
    );
    const filled = new Set<string>();
    for (const { value, at } of placed(draft.functions, ["functions"])) {
        if (value.type !== undefined && !functionTypes.includes(value.type)) {
            const hint = didYouMean(value.type, functionTypes);
            report.warn("MV073", [...at, "type"], `"${value.type}" is not a known function type.${hint}`);
        }
        const used = (argument: "inputFieldNames" | "outputFieldNames"): Placed<Placed<FieldDraft>>[] =>
            (value[argument] ?? []).flatMap((name, index) => {
                if (name === undefined) return [];
                const place = [...at, argument, index];
                const field = byName.get(name);
                if (field) return [{ value: field, at: place }];
                const hint = didYouMean(name, byName.keys()) || " Declare it in fields.";
                const reason = `There is no field "${name}".${hint}`;
                report.mistake("MV070", place, reason, each(fields, ["fields"], "name"));
                return [];
            });
        for (const { value: field, at: place } of used("inputFieldNames")) input(field, place, report);
        for (const { value: field, at: place } of used("outputFieldNames")) {
            output(field.value, value, filled, place, report);
            filled.add(field.value.name!);
        }
        if (value.type === "BM25") bm25(value, at, byName, report);
    }
}

function input({ value }: Placed<FieldDraft>, place: Path, report: Report): void {
    if (value.nullable)
        report.mistake(
            "MV071",
            place,
            `${value.name!} is read by a function and cannot be NULL. Omit nullable.`,
        );
}

function output(
    field: FieldDraft,
    { inputFieldNames }: FunctionDraft,
    filled: Set<string>,
    place: Path,
    report: Report,
): void {
    const name = field.name!;
    const wrong = (what: string): void =>
        report.mistake("MV072", place, `${name} ${what}. A function needs its own output field.`);
    if (inputFieldNames?.includes(name)) wrong("is also read by this function");
    if (filled.has(name)) wrong("is already filled by a function");
    if (field.isPrimaryKey || field.isPartitionKey || field.isClusteringKey) wrong("is a key");
    if (field.nullable) wrong("is nullable");
    if (field.defaultValue !== undefined) wrong("has a default value");
    if (field.backfill !== undefined)
        report.mistake("MV036", place, `${name} is filled by this function. Omit its backfill.`);
}

function bm25(
    { inputFieldNames, outputFieldNames }: FunctionDraft,
    at: Path,
    fields: Fields,
    report: Report,
): void {
    if (inputFieldNames && inputFieldNames.length !== 1)
        report.mistake(
            "MV071",
            [...at, "inputFieldNames"],
            `BM25 reads one field, not ${inputFieldNames.length}.`,
        );
    if (outputFieldNames && outputFieldNames.length !== 1)
        report.mistake(
            "MV071",
            [...at, "outputFieldNames"],
            `BM25 fills one field, not ${outputFieldNames.length}.`,
        );
    const from = fields.get(inputFieldNames?.[0] ?? "");
    const place = [...at, "inputFieldNames", 0];
    if (from?.value.dataType && from.value.dataType !== "VarChar")
        report.mistake(
            "MV071",
            place,
            `BM25 reads a VarChar, but ${from.value.name!} is ${from.value.dataType}.`,
        );
    else if (from && !from.value.enableAnalyzer)
        report.mistake("MV071", place, `BM25 needs an analyzer. Set enableAnalyzer on ${from.value.name!}.`, [
            [...from.at, "enableAnalyzer"],
            [...from.at, "dataType"],
        ]);
    const to = fields.get(outputFieldNames?.[0] ?? "")?.value;
    if (to?.dataType && to.dataType !== "SparseFloatVector") {
        const reason = `BM25 fills a SparseFloatVector, but ${to.name!} is ${to.dataType}.`;
        report.mistake("MV071", [...at, "outputFieldNames", 0], reason);
    }
}
