/** Runs a long copy in ten parts, to detect a slowdown or a growing memory use. */
import { copyRows } from "../../provider/migration/copy/copyRows";
import type { Answer } from "../outcome";
import { contender, phase } from "./measure";
import { openEndpoints, silent } from "./endpoints";

const PARTS = 10;

contender(async (job) => {
    const { source, target, spec, migration } = await openEndpoints(job);
    // A part ends when the copy reaches its mark; the copy itself is not changed.
    const marks = Array.from({ length: PARTS }, (_, part) => mark(((part + 1) * job.rows) / PARTS));
    const report = {
        ...silent,
        progress: ({ done }: { done: number }) => {
            for (const { rows, reached } of marks) if (done >= rows) reached(done);
        },
    };
    const copied = copyRows({
        source,
        target,
        ...migration,
        batchBytes: spec.migration.batchBytes,
        followed: false,
        report,
    });
    const answer: Answer = {};
    let before = 0;
    for (const [part, { passed }] of marks.entries())
        answer[`part ${part + 1}`] = await phase(async () => {
            const done = await Promise.race([passed, copied.then(({ rows }) => rows)]);
            const rows = done - before;
            before = done;
            return rows;
        });
    await copied;
    return answer;
});

function mark(rows: number): { rows: number; reached: (done: number) => void; passed: Promise<number> } {
    let reached!: (done: number) => void;
    const passed = new Promise<number>((resolve) => (reached = resolve));
    return { rows, reached, passed };
}
