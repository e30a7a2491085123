import type { Collection } from "../../../provider/inputs/schema/collection";
import type { Capabilities, ObservedCollection, RowStatistics } from "../../../provider/observe/state";
import { type MappedRows, mapRows } from "../../../provider/plan/mapping/mapRows";
import { currentServer, recorded } from "../../../provider/plan/offline";
import { collection } from "../arbitrary";

interface Given {
    before?: Partial<Collection>;
    after?: Partial<Collection>;
    server?: Partial<Capabilities>;
    observed?: Partial<ObservedCollection>;
    statistics?: RowStatistics;
    undeclared?: string[];
    /** False: no program is known. */
    known?: boolean;
}

/** The mapping of the rows of one program to another, on a current server. */
export function mapped({ before, after, server, observed, known = true, ...others }: Given): MappedRows {
    const deployed = collection(before);
    return mapRows({
        source: { ...recorded(deployed), ...observed },
        ...(known && { deployed }),
        target: collection(after),
        capabilities: { ...currentServer, server: "milvus 2.5.4", ...server },
        ...others,
    });
}

/** Its findings, as `code path: message fix`. */
export const said = (given: Given): string[] =>
    mapped(given).findings.map(({ code, path, message, fix }) =>
        [`${code} ${path}: ${message}`, ...(fix === undefined ? [] : [fix])].join(" "),
    );
