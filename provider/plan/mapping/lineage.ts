import type { RowMapping } from "./mapping";

/** What a migration, or several in a row, made of the fields of a collection. */
export interface Lineage {
    /** Fields whose values were carried over or converted: the former name and the new one. */
    fields: readonly (readonly [string, string])[];
    /** Fields whose values became keys of the dynamic field. */
    movedToDynamicField: readonly string[];
    /** Keys of the dynamic field that became fields: the key and the field. */
    fromDynamicField: readonly (readonly [string, string])[];
    /** Whether the rows got new primary keys. */
    regeneratesKeys: boolean;
}

/** The lineage of a retained collection up to a later one of the same resource. */
export interface Onward {
    /** The generation with which the later one was created. */
    to: string;
    lineage: Lineage;
}

export function lineageOf({ columns, movedToDynamicField = [], key }: RowMapping): Lineage {
    return {
        fields: columns.flatMap(({ to, source }): [string, string][] =>
            source.kind === "carry" || source.kind === "convert" ? [[source.from.name, to.name]] : [],
        ),
        movedToDynamicField: movedToDynamicField.map(({ name }) => name),
        fromDynamicField: columns.flatMap(({ to, source }): [string, string][] =>
            source.kind === "extract" && source.from === "$meta" && source.path.length === 1
                ? [[source.path[0]!, to.name]]
                : [],
        ),
        regeneratesKeys: key.regenerate,
    };
}

/** The lineage of two migrations in a row. */
export function composed(first: Lineage, second: Lineage): Lineage {
    const later = new Map(second.fields);
    const taken = new Map(second.fromDynamicField);
    const carried = first.fields.flatMap(([from, to]): [string, string][] =>
        later.has(to) ? [[from, later.get(to)!]] : [],
    );
    // A field that moved to the dynamic field may be one again.
    const back = first.movedToDynamicField.flatMap((name): [string, string][] =>
        taken.has(name) ? [[name, taken.get(name)!]] : [],
    );
    const moved = first.fields
        .filter(([, to]) => second.movedToDynamicField.includes(to))
        .map(([from]) => from);
    return {
        fields: [...carried, ...back],
        movedToDynamicField: [...first.movedToDynamicField.filter((name) => !taken.has(name)), ...moved],
        fromDynamicField: [
            ...first.fromDynamicField.flatMap(([key, to]): [string, string][] =>
                later.has(to) ? [[key, later.get(to)!]] : [],
            ),
            ...second.fromDynamicField.filter(([key]) => !first.movedToDynamicField.includes(key)),
        ],
        regeneratesKeys: first.regeneratesKeys || second.regeneratesKeys,
    };
}

/**
 * The lineage from one collection to another, across those between them; undefined where a part of it is not known.
 *
 * @param onwards what stands on each retained collection, by the generation with which it was created
 */
export function lineageBetween(
    from: string,
    to: string,
    onwards: ReadonlyMap<string, Onward>,
): Lineage | undefined {
    let lineage: Lineage | undefined;
    const seen = new Set<string>();
    for (let at = from; at !== to;) {
        const next = onwards.get(at);
        if (!next || seen.has(at)) return undefined;
        seen.add(at);
        lineage = lineage ? composed(lineage, next.lineage) : next.lineage;
        at = next.to;
    }
    return lineage;
}
