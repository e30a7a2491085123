import { countRows } from "../../provider/milvus/rows/rows";
import { loadTemporarily } from "../../provider/migration/lifecycle/temporaryLoad";
import { type Endpoint, fullRanges } from "../../provider/migration/read/endpoint";
import type { Report } from "../../provider/migration/report";
import { compareByKey, compareWithoutKeys } from "../../provider/migration/verify/verifyRows";
import { observeCollection } from "../../provider/observe/collection";
import type { ObservedCollection } from "../../provider/observe/state";
import { resolveName } from "../../provider/milvus/collection/aliases";
import type { Server } from "../../provider/resource/context/context";
import { CommandError } from "../errors";
import { commonMapping } from "./commonMapping";
import type { Compared } from "./result";

export interface Side extends Endpoint {
    observed: ObservedCollection;
}

export interface How {
    by: "full" | "count";
    ignoreKeys: boolean;
}

/** The bytes of a page; a page of both sides is in memory. */
const PAGE_BYTES = 16 * 2 ** 20;

/** Finds one of the collections, by its name or an alias. Errors: `MV520`. */
export async function sideOf({ client, capabilities }: Server, name: string): Promise<Side> {
    const there = await resolveName(client, { database: undefined, name });
    const ref = { database: undefined, name: there.kind === "alias" ? there.collection : name };
    const observed = there.kind === "free" ? undefined : await observeCollection(client, ref);
    if (observed) return { client, capabilities, ref, observed };
    throw new CommandError(
        "MV520",
        `${client.target}: there is no collection and no alias ${name} in the database ${client.database}`,
    );
}

/** Compares the rows of two collections, each loaded for it where it is not. Errors: `MV527`. */
export async function compare(source: Side, target: Side, how: How, report: Report): Promise<Compared> {
    const common = commonMapping(source.observed, target.observed, target.capabilities, how);
    const restoreSource = await loadTemporarily(source.client, source.ref, report);
    try {
        const restoreTarget = await loadTemporarily(target.client, target.ref, report);
        try {
            return await compareLoaded(source, target, how, common, report);
        } finally {
            await restoreTarget().catch(() => undefined);
        }
    } finally {
        await restoreSource().catch(() => undefined);
    }
}

async function compareLoaded(
    source: Side,
    target: Side,
    { by, ignoreKeys }: How,
    { mapping, left }: ReturnType<typeof commonMapping>,
    report: Report,
): Promise<Compared> {
    const rows = {
        source: await countRows(source.client, source.ref),
        target: await countRows(target.client, target.ref),
    };
    const isSameCount = rows.source === rows.target;
    if (by === "count")
        return { rows, differences: null, isWhole: true, notCompared: [], isEqual: isSameCount };
    const partitions = { kind: "together" } as const;
    const sides = { source, target, mapping, copied: rows.source, batchBytes: PAGE_BYTES, report };
    if (ignoreKeys) {
        const { found, whole } = await compareWithoutKeys({ ...sides, partitions });
        return {
            rows,
            differences: found ?? null,
            isWhole: whole,
            notCompared: left,
            isEqual: found === undefined,
        };
    }
    const ranges = fullRanges(partitions, rows.source);
    const { found } = await compareByKey({ ...sides, ranges });
    const isEqual = Object.values(found).every(({ count }: { count: number }) => count === 0);
    return { rows, differences: found, isWhole: true, notCompared: left, isEqual };
}
