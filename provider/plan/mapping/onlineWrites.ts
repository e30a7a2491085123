import type { Capabilities } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { finding, type Finding } from "../finding/finding";
import type { RowMapping } from "./mapping";

/** Why writes made during a migration cannot be carried over; undefined where they can. */
function unfollowed(
    { migration }: Collection,
    mapping: RowMapping,
): { reason: string; alternative: string } | undefined {
    if (migration.verify === "count")
        return { reason: 'verify is "count"', alternative: 'set verify to "full"' };
    // The baseline keeps the new key of each row as an Int64.
    if (mapping.key.regenerate && mapping.key.dataType !== "Int64")
        return {
            reason: "every row gets a new primary key, and it is a VarChar",
            alternative: "keep the primary keys",
        };
    const respelled = mapping.columns.find(
        ({ to, source }) => source.kind === "transform" && isRespelled(to.dataType),
    );
    if (respelled)
        return {
            reason: `a transform computes ${respelled.to.name}, and a server spells a ${respelled.to.dataType} in its own way`,
            alternative: "give the field a backfill",
        };
    return undefined;
}

/** Whether a server may store another text than the one that it is sent, so that the catch-up could not tell who wrote it. */
function isRespelled(dataType: string): boolean {
    return dataType === "Geometry" || dataType === "Timestamptz";
}

/** Whether a migration carries over the writes that clients make while it runs. */
export function followsWrites(spec: Collection, mapping: RowMapping): boolean {
    return spec.migration.writes !== "paused" && unfollowed(spec, mapping) === undefined;
}

/** Findings where writes are not carried over and the program does not set `writes: "paused"`. */
export function writesFindings(spec: Collection, mapping: RowMapping): Finding[] {
    const { writes } = spec.migration;
    const why = unfollowed(spec, mapping);
    if (why === undefined || writes === "paused") return [];
    const message = `Writes made during the migration are not carried over: ${why.reason}.`;
    const fix = 'Pause writes and set migration: { writes: "paused" }.';
    return writes === "online"
        ? [finding("MV147", "migration.writes", message, `${fix} Or ${why.alternative}.`)]
        : [finding("MV148", "migration.writes", message, fix)];
}

/** Whether a server can refuse writes by a quota. Whether its quotas are enabled is known only once one is set. */
export function mayPauseWrites({ alterProperties, lite }: Capabilities): boolean {
    return alterProperties && !lite;
}

/**
 * The finding for a final pass that takes longer than Milvus may refuse writes.
 *
 * @param seconds the estimated duration of the pass
 */
export function pauseFindings({ migration }: Collection, seconds: number): Finding[] {
    const { maxWritePause } = migration;
    if (maxWritePause === 0 || seconds <= maxWritePause) return [];
    const message =
        `If clients write, Milvus refuses their writes for the final pass before the cutover, about ${Math.ceil(seconds)} s here. ` +
        `migration.maxWritePause is ${maxWritePause}, so \`up\` would end before the cutover.`;
    const fix =
        'Raise it, or pause writes: migration: { writes: "paused" }. 0 never refuses writes: then a key that is written on both sides of the cutover at the same moment may keep the older write.';
    return [finding("MV152", "migration.maxWritePause", message, fix)];
}
