import type { Index } from "../../inputs/schema/collection";
import type { ObservedCollection, ObservedIndex } from "../../observe/state";
import { builtPart } from "../diff/builtPart";
import { matchIndex, storedParam } from "../diff/matchIndex";
import type { Update } from "./update";

/** Parameters as a server returns them: all as text. */
export function parameterTexts(params: Index["params"]): Record<string, string> {
    return Object.fromEntries(
        Object.entries(params).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}

type Source = Pick<ObservedCollection, "fields" | "indexes">;

/**
 * Whether an index exists as declared, as after an interrupted run. Where a server returns another type for AUTOINDEX, or
 * no parameters, that is unknown and the index is built again.
 */
export function isDeclaredIndex(declared: Index, source: Source): boolean {
    const there = matchIndex(declared, source.indexes);
    return (
        there !== undefined &&
        there.indexType === declared.indexType &&
        there.metricType === declared.metricType &&
        hasParams(declared, there, source)
    );
}

/** Whether a new index has nothing to do: AUTOINDEX without parameters is whatever the server has chosen. */
export function isSatisfied(declared: Index, source: Source): boolean {
    if (isDeclaredIndex(declared, source)) return true;
    const there = matchIndex(declared, source.indexes);
    const isOpen = declared.indexType === "AUTOINDEX" && Object.keys(builtPart(declared).params).length === 0;
    return (
        there !== undefined &&
        isOpen &&
        (there.metricType === undefined || there.metricType === declared.metricType) &&
        hasParams(declared, there, source)
    );
}

function hasParams({ params }: Index, there: ObservedIndex, source: Source): boolean {
    return Object.entries(parameterTexts(params)).every(([key, value]) => {
        const is = there.params[key];
        return is !== undefined && storedParam(key, is, source) === storedParam(key, value, source);
    });
}

/** The step that drops the index which the server has for a declared one, by the server's name; none where it has none. */
export function droppedIndex(
    declared: Index,
    { indexes }: Source,
): Extract<Update, { kind: "drop-index" }>[] {
    const there = matchIndex(declared, indexes);
    return there ? [{ kind: "drop-index", field: declared.field, index: there.name }] : [];
}
