import type { Field } from "../../inputs/schema/collection";

/** The source field of each target field, by name; a new field has no entry. */
export type Origins = ReadonlyMap<string, string>;

/**
 * Finds the source field of each target field: the one that `previousName` names, else the one with the same name.
 *
 * A program may keep `previousName` after the rename. So it counts only while the source has a field of that name and the
 * deployed declaration does not have the same `previousName`. If the source lacks the new name, the rename is not done
 * yet, whatever the state says.
 *
 * @param source names of the fields on the server
 * @param declared fields of the deployed declaration; empty when it is unknown
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
    // Renames come first, because a swap of two names reuses the name of another field.
    for (const { name, previousName } of target) {
        if (!source.has(name) || done.get(name) !== previousName) take(name, previousName);
    }
    for (const { name } of target) take(name, name);
    return origins;
}

/** Whether `previousName` names no field: the source has neither the old name nor the new one. */
export function namesNothing(field: Field, source: ReadonlySet<string>): boolean {
    return field.previousName !== undefined && !source.has(field.previousName) && !source.has(field.name);
}
