import { countText, rowsText } from "../../inputs/report/figures";
import { countRows } from "../../milvus/rows/rows";
import type { Key } from "../../wire";
import { type LateWrites, type Repairs, syncRange } from "./syncRange";
import { RunError } from "../errors";
import { countVersions } from "../copy/duplicateKeys";
import { forEachConcurrent } from "../copy/scheduler";
import { readSource } from "../read/endpoint";
import { verifiedText } from "../verify/summary";
import { during } from "../report";
import { openPasses, type Passes } from "./passContext";

/** The maximum number of passes before the cutover. Writers that keep up with them are left to the passes after it. */
const MOST_BEFORE = 10;
export interface CaughtUp {
    /** The row count of the target. */
    rows: number;
    /** The number of rows that the last pass corrected. */
    late: number;
    /** The last key of each range; undefined if the range is empty. */
    last: (Key | undefined)[];
}

/**
 * Catches up before the cutover: runs passes until one finds nothing, or not much less than the one before. The last
 * pass writes the baseline for the passes after the cutover. `copied` is the expected row count. Errors: `MV308`,
 * `MV319`, `MV337`.
 */
export async function catchUp(passes: Passes, copied: number): Promise<CaughtUp> {
    const { source, target, report } = passes;
    let before: Repairs = new Map();
    let previous = Infinity;
    for (let pass = 1; ; pass++) {
        const repairs: Repairs = new Map();
        const began = Date.now();
        const { rows, written, deleted, last } = await during(report, "catch-up", () =>
            passBefore(passes, copied, before, repairs),
        );
        const late = written + deleted;
        report.measure?.passed({ began, applied: late, superseded: 0 });
        const several = await ofSeveralVersions(passes, repairs, written);
        if (late > several)
            report.say(
                `${rowsText(written - several)} written to ${source.ref.name} and ${countText(deleted)} deleted from it during the migration were carried over`,
            );
        if (several > 0)
            report.say(
                `${source.ref.name}: ${countText(several)} keys were inserted more than once, and queries returned another of their rows than before; the copy has the row returned last`,
            );
        if (late > 0 && late < previous / 2 && pass < MOST_BEFORE) {
            previous = late;
            before = repairs;
            continue;
        }
        const counted = await countRows(target.client, target.ref);
        // The count of a collection that clients have written to may include older versions of a key.
        if (passes.mapping.targetOnly ? counted < rows : counted !== rows)
            throw new RunError(
                "MV308",
                `${target.ref.name} is not a copy of ${source.ref.name}: it counts ${rowsText(counted)}, and ${countText(rows)} are expected. ` +
                    `Nothing was switched, and ${source.ref.name} keeps serving. Run \`pulumi up\` again`,
            );
        const seconds = (Date.now() - began) / 1000;
        const { mapping } = passes;
        report.say(verifiedText({ name: target.ref.name, rows, seconds, mapping, by: "keys" }));
        return { rows, late, last };
    }
}

/** How many of the rows that a pass has put belong to keys that were inserted more than once: clients need not have written them. */
async function ofSeveralVersions(passes: Passes, repairs: Repairs, written: number): Promise<number> {
    const { source, mapping, duplicates = 0 } = passes;
    const put = [...repairs].flatMap(([key, hash]) => (hash === undefined ? [] : [key]));
    if (duplicates === 0 || put.length === 0) return 0;
    const versions = await countVersions(
        { ...(await readSource(source, mapping)), partition: undefined },
        put,
    );
    return Math.min(written, Math.max(0, versions - put.length));
}

async function passBefore(
    passes: Passes,
    copied: number,
    before: Repairs,
    repairs: Repairs,
): Promise<LateWrites & Omit<CaughtUp, "late">> {
    const { ranges, folder, report } = passes;
    const opened = await openPasses(passes);
    const found = { rows: 0, written: 0, deleted: 0, last: ranges.map((): Key | undefined => undefined) };
    await forEachConcurrent([...ranges.keys()], opened.workers, async (place) => {
        const range = ranges[place]!;
        const baseline = await folder.write(place);
        try {
            const late = await syncRange(
                {
                    ...opened.of(range),
                    baseline,
                    before,
                    repairs,
                    progress: (rows) => {
                        found.rows += rows;
                        report.progress({ step: "verify", done: found.rows, total: copied });
                    },
                },
                range,
            );
            found.written += late.written;
            found.deleted += late.deleted;
            found.last[place] = baseline.last;
            await baseline.close();
        } catch (error) {
            await baseline.abandon();
            throw error;
        }
    });
    return found;
}
