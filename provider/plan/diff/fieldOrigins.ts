import type { Field } from "../../inputs/schema/collection";

/** The source's field of each target field, by name; a field that is new has no entry. */
export type Origins = ReadonlyMap<string, string>;

/**
 * Finds where each target field comes from: the field that its `previousName` names, else its namesake.
 *
 * A program keeps its `previousName` after the rename was done. So it counts only while the source has a field of
 * that name and the deployed declaration did not carry the same `previousName`. A source that lacks the new name
 * has not seen the rename yet, whatever was recorded.
 *
 * @param source names of the fields that are there
 * @param declared the deployed declaration's fields; empty when none is known
 */
export function originsOf(
    target: readonly Field[],
    source: ReadonlySet<string>,
    declared: readonly Field[],
): Origins {
    const done = new Map(declared.map((field) => [field.name, field.previousName]));
    const origins = new Map<string, string>();
    const taken = new Set<string>();
    const take = (name: string, from: string | undefined) => {
        if (from === undefined || origins.has(name) || taken.has(from) || !source.has(from)) return;
        origins.set(name, from);
        taken.add(from);
    };
    // Renames first: the name that a swap frees is not the namesake's any more.
    for (const { name, previousName } of target) {
        if (!source.has(name) || done.get(name) !== previousName) take(name, previousName);
    }
    for (const { name } of target) take(name, name);
    return origins;
}

/** Whether `previousName` is of no use: neither the old name nor the new one is there. */
export function namesNothing(field: Field, source: ReadonlySet<string>): boolean {
    return field.previousName !== undefined && !source.has(field.previousName) && !source.has(field.name);
}
