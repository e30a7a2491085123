import { relative } from "node:path";

import Mocha from "mocha";

const { EVENT_RUN_BEGIN, EVENT_TEST_END } = Mocha.Runner.constants;

/** After `TEST_MINUTES` no further test begins; tells of each file how many of its tests that leaves out. */
export function keepBudget(runner: Mocha.Runner): () => Record<string, number> {
    const minutes = Number(process.env["TEST_MINUTES"] ?? Infinity);
    const left = new Map<string, number>();
    let isOver = false;
    const add = (file: string | undefined, tests: number) => {
        const name = relative(process.cwd(), file ?? "");
        left.set(name, (left.get(name) ?? 0) + tests);
    };
    runner.on(EVENT_RUN_BEGIN, () => {
        for (const suite of runner.suite.suites) add(suite.file, runner.grepTotal(suite));
    });
    runner.on(EVENT_TEST_END, (test) => {
        add(test.file, -1);
        isOver ||= process.uptime() > minutes * 60;
        if (isOver) runner.abort();
    });
    return () => Object.fromEntries(isOver ? [...left].filter(([, tests]) => tests > 0) : []);
}
