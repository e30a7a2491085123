import type { Capabilities, ObservedCollection, ObservedIndex } from "../../observe/state";
import type { Collection, Index } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";
import { isOfMemory } from "../../inputs/schema/memory";
import { Params } from "../../inputs/schema/params";
import { hostOf, isDefaultIndex, matchIndex, storedParam } from "../../plan/diff/matchIndex";

/** The declared indexes as the server has them, without those that it lacks. */
export function driftOfIndexes(
    declared: Collection,
    observed: ObservedCollection,
    capabilities: Capabilities,
): Index[] {
    return declared.indexes.flatMap((index) => {
        const now = matchIndex(index, observed.indexes);
        if (now) return [driftOf(index, now, observed, capabilities)];
        return isImplied(index, observed, capabilities) ? [index] : [];
    });
}

/**
 * milvus-lite 3 loads and searches a vector that has no index, by its cosine (3.2.2, measured): it has what a program declares
 * that only loads the collection, and no program could declare it without the index.
 */
function isImplied(
    index: Index,
    { loadState }: ObservedCollection,
    { lite, version }: Capabilities,
): boolean {
    const searchesBare = lite && version !== undefined && loadState === "loaded";
    return searchesBare && isDefaultIndex(index) && index.metricType === "COSINE";
}

/**
 * Type, metric and the declared parameters. AUTOINDEX stands for whatever the server has chosen, with any parameters; the
 * metric is the program's all the same, because searches depend on it.
 */
function driftOf(
    index: Index,
    now: ObservedIndex,
    observed: ObservedCollection,
    { lite, version, alterableIndexParams }: Capabilities,
): Index {
    const host = observed.fields.find(({ name }) => name === hostOf(index.field));
    const isOnVector = index.metricType !== undefined || (host !== undefined && isVector(host.dataType));
    // Milvus before 2.4 has other names for the indexes of scalars.
    const isNamedAlike = isOnVector || lite || version === undefined || version[0] > 2 || version[1] >= 4;
    const metricType = isOnVector ? (now.metricType ?? index.metricType) : undefined;
    const told = { ...index, ...(metricType !== undefined && { metricType }) };
    if (now.indexType === "" || !isNamedAlike) return index;
    if (index.indexType === "AUTOINDEX" && Object.keys(index.params).length === 0) return told;
    const isSameType =
        index.indexType === "AUTOINDEX" || now.indexType.toUpperCase() === index.indexType.toUpperCase();
    if (!isSameType) return { ...told, indexType: now.indexType, params: Params.parse(now.params) };
    return { ...told, params: paramsOf(index, now, observed, { lite, alterableIndexParams }) };
}

/** A parameter that milvus-lite does not tell is as declared, and so is one of memory that the server does not know. */
function paramsOf(
    index: Index,
    now: ObservedIndex,
    observed: ObservedCollection,
    { lite, alterableIndexParams }: Pick<Capabilities, "lite" | "alterableIndexParams">,
): Index["params"] {
    const isTold = (key: string) =>
        isOfMemory(key) ? alterableIndexParams.includes(key) : !lite && index.indexType !== "AUTOINDEX";
    const stored = (key: string, value: unknown) =>
        storedParam(key, typeof value === "string" ? value : JSON.stringify(value), observed);
    const params = Object.entries(index.params).flatMap(([key, value]) => {
        const is = now.params[key];
        if (is === undefined) return isTold(key) ? [] : [[key, value]];
        const other = Params.parse({ [key]: is })[key];
        return [[key, stored(key, is) === stored(key, value) ? value : other]];
    });
    return Object.fromEntries(params) as Index["params"];
}
