import type { Collection } from "../../inputs/schema/collection";
import type { RowStatistics, ObservedCollection } from "../../observe/state";
import { rowsText } from "../../inputs/report/figures";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { Origins } from "../diff/fieldOrigins";
import { namesNothing } from "../diff/fieldOrigins";

/** The source's fields that the target no longer has. A function's output is no loss: it can be computed again. */
export function lostFields(
    source: ObservedCollection,
    deployed: Collection | undefined,
    target: Collection,
    origins: Origins,
    statistics: RowStatistics,
    undeclared: readonly string[] = [],
): Finding[] {
    const kept = new Set(origins.values());
    const recorded = (deployed?.fields ?? []).map(({ name }) => name);
    const declared = new Set(recorded.filter((name) => !undeclared.includes(name)));
    return source.fields
        .filter(({ name, isFunctionOutput }) => !kept.has(name) && !isFunctionOutput)
        .filter(({ name }) => !target.migration.moveToDynamicField.includes(name))
        .flatMap(({ name }) =>
            deployed === undefined || declared.has(name)
                ? leftOut(name, statistics)
                : neverDeclared(name, statistics),
        );
}

/** Findings for a `previousName` that names no field. Most likely it is a typo, and the values of a field are lost. */
export function uselessNames(target: Collection, source: ReadonlySet<string>): Finding[] {
    return target.fields.flatMap((field, index) => {
        if (!namesNothing(field, source)) return [];
        const message = `No field is named ${field.previousName}; ${field.name} counts as a new field.`;
        const fix = "Correct the name, or omit previousName.";
        return [finding("MV102", `fields[${index}].previousName`, message, fix)];
    });
}

/** A field in which no row holds a value is no loss. */
export function leftOut(name: string, { held }: RowStatistics): Finding[] {
    if (held?.[name] === 0) return [];
    const message = `${name} is omitted from the program. Its values${inRows(held?.[name])} are lost.`;
    const fix = `Keep it in fields. If it was renamed, set previousName: "${name}" on the new field.`;
    return [finding("MV101", "fields", message, fix, name)];
}

/** A field that no program has ever declared is dropped only where that is allowed by name. */
export function neverDeclared(name: string, { held }: RowStatistics): Finding[] {
    if (held?.[name] === 0) return [];
    const message = `${name} is on the server but was never in the program. Its values${inRows(held?.[name])} are lost.`;
    return [finding("MV128", "fields", message, `Declare ${name} in fields to keep it.`, name)];
}

const inRows = (rows: number | undefined) => (rows === undefined ? "" : ` in ${rowsText(rows)}`);
