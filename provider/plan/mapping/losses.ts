import type { Collection } from "../../inputs/schema/collection";
import type { RowStatistics, ObservedCollection } from "../../observe/state";
import { rowsText } from "../finding/figures";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { Origins } from "../diff/fieldOrigins";
import { namesNothing } from "../diff/fieldOrigins";

/** The source's fields that the target no longer has. What a function made is no loss: it can be made again. */
export function lostFields(
    source: ObservedCollection,
    deployed: Collection | undefined,
    target: Collection,
    origins: Origins,
    statistics: RowStatistics,
): Finding[] {
    const kept = new Set(origins.values());
    const declared = new Set(deployed?.fields.map(({ name }) => name));
    return source.fields
        .filter(({ name, isFunctionOutput }) => !kept.has(name) && !isFunctionOutput)
        .filter(({ name }) => !target.migration.moveToDynamicField.includes(name))
        .flatMap(({ name }) =>
            deployed === undefined || declared.has(name)
                ? leftOut(name, statistics)
                : neverDeclared(name, statistics),
        );
}

/** The target's `previousName`s that name no field: most likely a typing error, and then a field's values go. */
export function uselessNames(target: Collection, source: ReadonlySet<string>): Finding[] {
    return target.fields.flatMap((field, index) => {
        if (!namesNothing(field, source)) return [];
        const message = `No field ${field.previousName} is there; ${field.name} counts as a new field.`;
        const fix = "Correct the name, or leave previousName out.";
        return [finding("MV102", `fields[${index}].previousName`, message, fix)];
    });
}

/** A field in which no row holds a value is no loss. */
export function leftOut(name: string, { held }: RowStatistics): Finding[] {
    if (held?.[name] === 0) return [];
    const message = `${name} is left out of the program, its values${inRows(held?.[name])} are lost.`;
    const fix = `Keep it in fields; if it was renamed, say previousName: "${name}" there.`;
    return [finding("MV101", "fields", message, fix, name)];
}

function neverDeclared(name: string, { held }: RowStatistics): Finding[] {
    if (held?.[name] === 0) return [];
    const message = `${name} is on the server but was never in the program, its values${inRows(held?.[name])} are lost.`;
    return [finding("MV128", "fields", message, `Declare ${name} in fields to keep it.`, name)];
}

const inRows = (rows: number | undefined) => (rows === undefined ? "" : ` in ${rowsText(rows)}`);
