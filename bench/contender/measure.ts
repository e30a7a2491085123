import type { Answer, Job, Phase } from "../outcome";

/** Times a part of the work, which returns the number of rows it processed. */
export async function phase(work: () => Promise<number>): Promise<Phase> {
    const begin = performance.now();
    const cpu = process.cpuUsage();
    const rows = await work();
    const { user, system } = process.cpuUsage(cpu);
    return {
        rows,
        seconds: (performance.now() - begin) / 1000,
        cpuSeconds: (user + system) / 1e6,
        // `maxRSS` is in kilobytes on every platform.
        peakBytes: process.resourceUsage().maxRSS * 1024,
    };
}

/** Reads the job, runs it and writes the answer. */
export function contender(run: (job: Job) => Promise<Answer>): void {
    run(JSON.parse(process.argv[2]!) as Job).then(
        (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0)),
        (error: unknown) => {
            console.error(error);
            process.exit(1);
        },
    );
}
