import { rowsText } from "../../inputs/report/figures";
import type { Collection } from "../../inputs/schema/collection";
import type { ObservedCollection } from "../../observe/state";
import { backfillHash, isUnfilled } from "../diff/unfilled";
import { finding, type Finding } from "../finding/finding";
import type { Update } from "./update";

/** An interrupted backfill cannot go on with another value: nobody can tell the rows that it filled from those of clients. */
export function refilled(target: Collection, source: ObservedCollection): Finding[] {
    return target.fields.flatMap((field, place) => {
        if (!isUnfilled(field, source)) return [];
        const begun = source.unfilled?.find((one) => one.field === field.name);
        if (begun?.value === backfillHash(field)) return [];
        const message = `An interrupted run has filled some rows of ${source.name} with another backfill of ${field.name}.`;
        const fix = "Set the former backfill, or omit it: then the other rows keep NULL.";
        return [finding("MV157", `fields[${place}].backfill`, message, fix)];
    });
}

/** What a backfill in place costs. */
export function rewritten(
    updates: readonly Update[],
    { name }: ObservedCollection,
    rows: number | undefined,
): Finding[] {
    const fields = updates.flatMap((update) => (update.kind === "backfill" ? update.fields : []));
    if (fields.length === 0) return [];
    const what = fields.map((field) => field.name).join(", ");
    const message = `${rowsText(rows)} of ${name} are written again with ${what}. Their former versions take memory and disk until Milvus compacts them. No client may write meanwhile: its write could be lost.`;
    return [finding("MV189", "migration.backfill", message)];
}
