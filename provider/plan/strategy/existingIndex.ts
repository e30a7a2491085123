import type { Index } from "../../inputs/schema/collection";
import type { ObservedIndex } from "../../observe/state";

/** Parameters as a server tells them: all of them text. */
export function parameterTexts(params: Index["params"]): Record<string, string> {
    return Object.fromEntries(
        Object.entries(params).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}

/**
 * Whether an index is there as declared, after a run that was cut short. A server that tells an AUTOINDEX by another
 * name, or no parameters, leaves it open: then it is built again.
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
