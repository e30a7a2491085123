import type { Index } from "../../inputs/schema/collection";
import type { ObservedIndex } from "../../observe/state";

/** Parameters as a server returns them: all as text. */
export function parameterTexts(params: Index["params"]): Record<string, string> {
    return Object.fromEntries(
        Object.entries(params).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}

/**
 * Whether an index exists as declared, as after an interrupted run. Where a server returns another type for AUTOINDEX, or
 * no parameters, that is unknown and the index is built again.
 */
export function isDeclaredIndex(declared: Index, there: readonly ObservedIndex[]): boolean {
    const wanted = Object.entries(parameterTexts(declared.params));
    return there.some(
        ({ field, name, indexType, metricType, params }) =>
            field === declared.field &&
            name === declared.name &&
            indexType === declared.indexType &&
            metricType === declared.metricType &&
            wanted.every(([key, value]) => params[key] === value),
    );
}
