import type { Duration } from "./durations";

/** What came of a run, or of a lane of one. */
export interface Outcome {
    passed: number;
    failed: number;
    skipped: number;
    durations: Duration[];
    /** Files with tests that had no time, and how many; they count as skipped. */
    leftOut: Record<string, number>;
}

const shown = 10;

/** The last lines of a run: the slowest tests, what it left out, and the counts, alone on the last line. */
export function summary({ passed, failed, skipped, durations, leftOut }: Outcome): string {
    const slowest = [...durations].sort((one, other) => other.ms - one.ms).slice(0, shown);
    const files = Object.entries(leftOut);
    return [
        "Slowest tests:",
        ...slowest.map(({ ms, title }) => `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${title}`),
        ...(files.length > 0 ? ["Left out, for the time is over:"] : []),
        ...files.map(([file, tests]) => `  ${String(tests).padStart(6)}    ${file}`),
        `${passed} passed, ${failed} failed, ${skipped} skipped`,
    ].join("\n");
}

export function total(outcomes: Outcome[]): Outcome {
    const sum = (count: (outcome: Outcome) => number) => outcomes.reduce((all, one) => all + count(one), 0);
    const leftOut: Record<string, number> = {};
    for (const outcome of outcomes)
        for (const [file, tests] of Object.entries(outcome.leftOut))
            leftOut[file] = (leftOut[file] ?? 0) + tests;
    return {
        passed: sum(({ passed }) => passed),
        failed: sum(({ failed }) => failed),
        skipped: sum(({ skipped }) => skipped),
        durations: outcomes.flatMap(({ durations }) => durations),
        leftOut,
    };
}
