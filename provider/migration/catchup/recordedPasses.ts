import { countRows } from "../../milvus/rows/rows";
import type { Key } from "../../wire";
import { countText, rowsText } from "../../inputs/report/figures";
import { RunError } from "../errors";
import { keyText } from "../keys/keyText";
import { verifiedText } from "../verify/summary";
import { mergePass } from "./mergePasses";
import type { Passes } from "./passContext";
import type { CaughtUp } from "./syncPasses";
import { repairTarget } from "./verifyBaseline";

/** The maximum number of passes, and of verifications. Writers that keep up are left to the passes after the cutover. */
const MOST = 10;

/**
 * Catches up before the cutover in a migration whose source does not tell what the target has to hold, because a
 * transform computes a part of it, or because the target generates the keys. The baseline that the copy has written
 * tells it: passes apply what has changed in the source since, then the target is compared with the baseline. Errors:
 * `MV308`, `MV319`, `MV337`, and those of a transform.
 */
export async function catchUpRecorded(passes: Passes, copied: number): Promise<CaughtUp> {
    const { source, target, mapping, report } = passes;
    const by = mapping.key.regenerate ? "multiset" : "keys";
    let late = await applyLateWrites(passes);
    let before: ReadonlySet<Key> = new Set();
    for (let time = 1; ; time++) {
        const began = Date.now();
        let read = 0;
        const { rows, forgotten, deleted } = await repairTarget(passes, (more) =>
            report.progress({ step: "verify", done: (read += more), total: copied }),
        );
        if (forgotten.size === 0 && deleted === 0) {
            const counted = await countRows(target.client, target.ref);
            if (counted !== rows)
                throw differs(passes, `it counts ${rowsText(counted)}, and ${countText(rows)} are expected`);
            const seconds = (Date.now() - began) / 1000;
            report.say(verifiedText({ name: target.ref.name, rows, seconds, mapping, by }));
            return { rows, late, last: await lastKeys(passes) };
        }
        const again = [...forgotten].find((key) => before.has(key));
        if (again !== undefined || time === MOST)
            throw differs(
                passes,
                again === undefined
                    ? `${rowsText(forgotten.size + deleted)} still differ`
                    : `the row with the key ${keyText(again)} still differs after it was written again`,
            );
        report.say(
            `${source.ref.name}: ${rowsText(forgotten.size)} of ${target.ref.name} made again, and ${countText(deleted)} removed, because an interrupted run left them`,
        );
        before = forgotten;
        late += (await mergePass(passes, "tail ranges last", true, forgotten)).applied;
    }
}

/**
 * Runs passes until one finds nothing, or not much less than the one before. Returns what all of them found: the target
 * is read after them, and whoever wrote before that may have written since.
 */
async function applyLateWrites(passes: Passes): Promise<number> {
    let previous = Infinity;
    let late = 0;
    for (let pass = 1; ; pass++) {
        const { applied } = await mergePass(passes, "tail ranges last", true);
        late += applied;
        if (applied === 0 || applied >= previous / 2 || pass === MOST) return late;
        previous = applied;
    }
}

/** The last key of each range; undefined if the range is empty. */
async function lastKeys({ ranges, folder }: Passes): Promise<(Key | undefined)[]> {
    const last: (Key | undefined)[] = [];
    for (const place of ranges.keys()) {
        const baseline = await folder.read(place);
        for (; baseline.ready || (await baseline.fill()); baseline.next()) last[place] = baseline.key();
        await baseline.close();
    }
    return last;
}

function differs({ source, target }: Passes, what: string): RunError {
    return new RunError(
        "MV308",
        `${target.ref.name} is not a copy of ${source.ref.name}: ${what}. ` +
            `Nothing was switched, and ${source.ref.name} keeps serving. Make sure that nothing else writes to ${target.ref.name}, and run \`pulumi up\` again`,
    );
}
