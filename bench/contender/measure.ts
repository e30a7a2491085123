import type { Answer, Job, Phase } from "../outcome";

/** Times a part of the work; it answers how many rows it went through. */
export async function phase(work: () => Promise<number>): Promise<Phase> {
    const begin = performance.now();
    const cpu = process.cpuUsage();
    const rows = await work();
    const { user, system } = process.cpuUsage(cpu);
    return {
        rows,
        seconds: (performance.now() - begin) / 1000,
        cpuSeconds: (user + system) / 1e6,
        // Kilobytes on every system, whatever the platform counts in.
        peakBytes: process.resourceUsage().maxRSS * 1024,
    };
}

/** Reads the job, does it, writes the answer. */
export function contender(run: (job: Job) => Promise<Answer>): void {
    run(JSON.parse(process.argv[2]!) as Job).then(
        (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0)),
        (error: unknown) => {
            console.error(error);
            process.exit(1);
        },
    );
}
