import type { CollectionDraft } from "../schema/draft";
import { placed, type Placed } from "../schema/draft";
import type { Path } from "../report/path";
import type { Report } from "../report/report";

/** Source: Milvus docs, "Milvus Limits" (resource names). */
const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;
/**
 * Partition names may begin with a digit, and contain hyphens where the server allows it (proxy.partitionNameRegexp,
 * 2.4).
 */
export const partitionName = /^[A-Za-z0-9_][A-Za-z0-9_-]*$/;
const longestName = 255;

/** Names of the fields that the server adds. */
const systemFields = new Set(["RowID", "Timestamp", "$meta"]);

/**
 * Keywords of the filter language. Servers since 2.5 reject them as field names; older servers cannot filter by such a
 * field.
 */
const filterWords = new Set(
    [
        [
            "like",
            "and",
            "or",
            "not",
            "in",
            "exists",
            "true",
            "false",
            "null",
            "text_match",
            "phrase_match",
            "random_sample",
        ],
        ["json_contains", "json_contains_all", "json_contains_any"],
        ["array_contains", "array_contains_all", "array_contains_any", "array_length"],
    ].flat(),
);

export function nameRule(
    name: string | undefined,
    at: Path,
    what: string,
    report: Report,
    allowed = plainName,
): void {
    if (name === undefined) return;
    if (allowed.test(name) && name.length <= longestName) return;
    const start = allowed === plainName ? ", beginning with a letter or an underscore" : "";
    if (name.startsWith("$"))
        report.mistake(
            "MV008",
            at,
            "Names that begin with $ are reserved by the server. Choose another name.",
        );
    else if (name.length > longestName)
        report.mistake(
            "MV007",
            at,
            `The name of a ${what} has at most 255 characters, this one has ${name.length}.`,
        );
    else
        report.mistake(
            "MV007",
            at,
            `${JSON.stringify(name)} is not a valid name for a ${what}. Use letters, digits and underscores${start}.`,
        );
}

/** The names of the collection and of all its parts. */
export function collectionNames(draft: CollectionDraft, report: Report): void {
    nameRule(draft.name, ["name"], "collection", report);
    nameRule(draft.database, ["database"], "database", report);
    const fields = placed(draft.fields, ["fields"]);
    for (const { value, at } of fields) {
        fieldName(value.name, [...at, "name"], report);
        const members = placed(value.fields, [...at, "fields"]);
        for (const member of members) fieldName(member.value.name, [...member.at, "name"], report);
        unique(named(members), "field of the Struct", report);
        nameRule(value.previousName, [...at, "previousName"], "field", report);
    }
    const functions = placed(draft.functions, ["functions"]);
    const indexes = placed(draft.indexes, ["indexes"]);
    for (const { value, at } of functions) nameRule(value.name, [...at, "name"], "function", report);
    for (const { value, at } of indexes) nameRule(value.name, [...at, "name"], "index", report);
    const partitions = (draft.partitions ?? []).map((name, index) => ({ name, at: ["partitions", index] }));
    for (const { name, at } of partitions) nameRule(name, at, "partition", report, partitionName);
    unique(named(fields), "field", report);
    unique(named(functions), "function", report);
    unique(partitions, "partition", report);
    unique(named(indexes), "index", report);
}

function fieldName(name: string | undefined, at: Path, report: Report): void {
    if (name !== undefined && systemFields.has(name))
        report.mistake("MV008", at, `${name} is reserved by the server. Choose another name.`);
    else nameRule(name, at, "field", report);
    if (name !== undefined && filterWords.has(name.toLowerCase()))
        report.warn(
            "MV019",
            at,
            `"${name}" is a keyword of the filter language. Milvus 2.5 and later reject it as the name of a field.`,
        );
}

function named(list: Placed<{ name?: string }>[]): { name: string | undefined; at: Path }[] {
    return list.map(({ value, at }) => ({ name: value.name, at: [...at, "name"] }));
}

function unique(names: { name: string | undefined; at: Path }[], what: string, report: Report): void {
    const seen = new Set<string>();
    for (const { name, at } of names) {
        if (name === undefined) continue;
        if (seen.has(name))
            report.mistake("MV009", at, `There is already a ${what} "${name}". Choose another name.`);
        seen.add(name);
    }
}
