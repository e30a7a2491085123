import type { Capabilities } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { finding, type Finding } from "../finding/finding";
import type { RowMapping } from "./mapping";

/** Why rows that clients write during a migration cannot come along; undefined where they can. */
function unfollowed(
    { migration }: Collection,
    mapping: RowMapping,
): { reason: string; alternative: string } | undefined {
    // Rows are followed by their keys, and by all that their copies are made of.
    if (mapping.key.regenerate)
        return { reason: "every row gets a new primary key", alternative: "keep the primary keys" };
    if (mapping.transform !== undefined)
        return { reason: "a transform makes them", alternative: "migrate without a transform" };
    if (migration.verify === "count")
        return { reason: 'verify is "count"', alternative: 'leave verify at "full"' };
    return undefined;
}

/** Whether a migration follows the writes of clients until nothing is left behind. */
export function followsWrites(spec: Collection, mapping: RowMapping): boolean {
    return spec.migration.writes !== "paused" && unfollowed(spec, mapping) === undefined;
}

/** Told where nobody said that the writers pause. */
export function writesFindings(spec: Collection, mapping: RowMapping): Finding[] {
    const { writes } = spec.migration;
    const why = unfollowed(spec, mapping);
    if (why === undefined || writes === "paused") return [];
    const message = `Rows written during the migration do not come along: ${why.reason}.`;
    const fix = 'Pause the writers, and say so: migration: { writes: "paused" }.';
    return writes === "online"
        ? [finding("MV147", "migration.writes", message, `${fix} Or ${why.alternative}.`)]
        : [finding("MV148", "migration.writes", message, fix)];
}

/** Whether a server may refuse writes by a quota; whether its quotas are on is only known when one is set. */
export function mayPauseWrites({ alterProperties, lite }: Capabilities): boolean {
    return alterProperties && !lite;
}

/** Told where the last pass before the switch would take longer than writes may be refused. `seconds` is that of the pass. */
export function pauseFindings({ migration }: Collection, seconds: number): Finding[] {
    const { maxWritePause } = migration;
    if (maxWritePause === 0 || seconds <= maxWritePause) return [];
    const message =
        `Where clients write, their writes are refused for the last pass before the switch: about ${Math.ceil(seconds)} s here. ` +
        `migration.maxWritePause is ${maxWritePause}, and \`up\` would end before the switch.`;
    const fix =
        'Raise it, or pause the writers: migration: { writes: "paused" }. 0 refuses no writes: then one that is made on both sides of the switch at the same moment may be undone.';
    return [finding("MV152", "migration.maxWritePause", message, fix)];
}
