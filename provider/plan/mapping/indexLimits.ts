import type { Collection, Index } from "../../inputs/schema/collection";
import type { Capabilities } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";

/** The index type that a server builds: AUTOINDEX leaves the choice, also to us where the server has none of that name. */
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

/** Indexes that the server at hand cannot build. */
export function indexLimits(
    wanted: readonly Index[],
    target: Collection,
    capabilities: Pick<Capabilities, "indexTypes" | "server">,
): Finding[] {
    return wanted.flatMap((index): Finding[] => {
        const dataType = target.fields.find(({ name }) => name === index.field)?.dataType;
        const known = knownTypes(dataType, capabilities.indexTypes);
        if (known === undefined || known.includes(builtType(index, dataType, capabilities))) return [];
        const lacks = `${capabilities.server} has no ${known.length === 0 ? "index" : index.indexType} for ${index.field} (${dataType}).`;
        const fix =
            known.length === 0
                ? "Leave it out."
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
