import type { Collection, Index } from "../../inputs/schema/collection";
import type { Capabilities } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";

/**
 * The index type that a server builds. Where the server does not know AUTOINDEX, the first index type that it supports is
 * chosen here.
 */
export function builtType(
    { indexType }: Pick<Index, "indexType">,
    dataType: string | undefined,
    { indexTypes }: Pick<Capabilities, "indexTypes">,
): string {
    const known = knownTypes(dataType, indexTypes);
    return indexType !== "AUTOINDEX" || known === undefined || known.includes(indexType)
        ? indexType
        : (known[0] ?? indexType);
}

/** Findings for indexes that the server cannot build. */
export function indexLimits(
    wanted: readonly Index[],
    target: Collection,
    capabilities: Pick<Capabilities, "indexTypes" | "server">,
): Finding[] {
    return wanted.flatMap((index): Finding[] => {
        const dataType = typeOf(index, target);
        const known = knownTypes(dataType, capabilities.indexTypes);
        if (known === undefined || known.includes(builtType(index, dataType, capabilities))) return [];
        const lacks = `${capabilities.server} does not support ${known.length === 0 ? "an index" : index.indexType} on ${index.field} (${dataType}).`;
        const fix =
            known.length === 0
                ? "Omit the index."
                : `Write indexType: ${known.map((type) => JSON.stringify(type)).join(" or ")}.`;
        return [finding("MV143", "indexes", lacks, fix)];
    });
}

function knownTypes(
    dataType: string | undefined,
    indexTypes: Capabilities["indexTypes"],
): readonly string[] | undefined {
    return (indexTypes as Record<string, readonly string[] | undefined>)[dataType ?? ""];
}

/** A key of the dynamic field is indexed as JSON is. */
function typeOf({ field }: Index, { fields, enableDynamicField }: Collection): string | undefined {
    const there = fields.find(({ name }) => name === field);
    return there ? there.dataType : enableDynamicField && !field.includes("[") ? "JSON" : undefined;
}
