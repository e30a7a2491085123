import { appendFileSync } from "node:fs";
import { relative } from "node:path";

import Mocha from "mocha";

/** How long something of a run took: a test, or a hook of its suites. */
export interface Duration {
    file: string;
    title: string;
    ms: number;
    /** What this process computed meanwhile. Unlike the time, it says the same on a busy machine. */
    cpuMs: number;
}

/** Notes how long each test takes; with `TEST_DURATIONS`, each hook, too, in that file, a line of JSON each. */
export function recordDurations(runner: Mocha.Runner): Duration[] {
    const log = process.env["TEST_DURATIONS"];
    const durations: Duration[] = [];
    let used = cpuMs();
    const record = (of: Mocha.Runnable): Duration => {
        const file = relative(process.cwd(), of.file ?? of.parent?.file ?? "");
        const before = used;
        used = cpuMs();
        const duration = { file, title: of.fullTitle(), ms: of.duration ?? 0, cpuMs: used - before };
        if (log) appendFileSync(log, `${JSON.stringify(duration)}\n`);
        return duration;
    };
    const { EVENT_TEST_END, EVENT_HOOK_END } = Mocha.Runner.constants;
    runner.on(EVENT_TEST_END, (test) => {
        if (test.state) durations.push(record(test));
    });
    runner.on(EVENT_HOOK_END, (hook) => void record(hook));
    return durations;
}

function cpuMs(): number {
    const { user, system } = process.cpuUsage();
    return Math.round((user + system) / 1000);
}
