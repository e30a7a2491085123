import type { Collection, Index } from "../../inputs/schema/collection";
import { defaultIndexName } from "../../inputs/normalize";
import { isVector } from "../../inputs/schema/dataType";
import { flagOf, memoryKeys } from "../../inputs/schema/memory";
import { parseJsonPath } from "../../inputs/values/jsonPath";
import type { ObservedIndex } from "../../observe/state";

/** The index that exists only during a copy: see migration/lifecycle/temporaryLoad.ts. */
export const TEMPORARY_INDEX = "pulumi_temporary";

/** The field that a server names for an index on a key of the dynamic field. */
export const DYNAMIC_FIELD = "$meta";

/** The field of the collection that has the index: `chunks` for `chunks[vector]`. */
export const hostOf = (field: string) => field.replace(/\[.*$/, "");

/**
 * The index on the server that a declared one describes: the one of its name, else the only one of its field, because
 * milvus-lite names an index after its field, and most programs give no name.
 */
export function matchIndex(
    declared: Pick<Index, "field" | "name">,
    there: readonly ObservedIndex[],
): ObservedIndex | undefined {
    const all = there.filter(({ name }) => name !== TEMPORARY_INDEX);
    const isOn = (field: string) => field === declared.field || field === DYNAMIC_FIELD;
    const named = all.find(({ field, name }) => name === declared.name && isOn(field));
    if (named) return named;
    const [only, ...others] = all.filter(({ field }) => field === declared.field);
    return others.length === 0 && only?.params.json_path === undefined ? only : undefined;
}

/** Whether an index says nothing that the program would have had to write: that of a loaded vector. */
export function isDefaultIndex({ field, name, indexType, params }: Index): boolean {
    return indexType === "AUTOINDEX" && name === defaultIndexName(field) && Object.keys(params).length === 0;
}

/**
 * Whether the index stays though the program no longer declares it: `load: false` gives memory back, and the index that the
 * load had brought is there for the next one. One that the program drops by itself goes.
 */
export function staysReleased(index: Index, deployed: Collection, target: Collection): boolean {
    const host = deployed.fields.find(({ name }) => name === hostOf(index.field));
    const isOnVector = host === undefined || isVector(host.dataType) || index.field !== host.name;
    return deployed.load !== undefined && target.load === undefined && isOnVector && isDefaultIndex(index);
}

/**
 * A parameter as Milvus stores it. A JSON path becomes `/author/name`, without its field (parseAndVerifyNestedPath in
 * internal/datacoord/index_service.go); a cast type is read in capitals.
 */
export function storedParam(key: string, value: string, { fields }: Pick<Collection, "fields">): string {
    if (key === "json_cast_type" || key === "json_cast_function") return value.toUpperCase();
    if (key === memoryKeys.mmap) return String(flagOf(value) ?? value);
    if (key !== "json_path" || value.startsWith("/")) return value;
    const parsed = parseJsonPath(value.replace(/'/g, '"'));
    const head = parsed?.field ?? value;
    const isField = head === DYNAMIC_FIELD || fields.some(({ name }) => name === head);
    return `/${[...(isField ? [] : [head]), ...(parsed?.path ?? [])].join("/")}`;
}
