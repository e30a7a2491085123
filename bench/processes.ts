import { readdirSync, readFileSync } from "node:fs";

/** CPU and memory of processes, as reported by the kernel. */
export interface Taken {
    cpuSeconds: number;
    peakBytes: number;
}

const EVERY_MS = 100;
/** Linux counts CPU in hundredths of a second (USER_HZ) on every machine. */
const TICKS = 100;

/**
 * Watches the processes below this one whose command line contains `mark`, until `stop`. Their exit cannot be observed,
 * so the last sample counts. Undefined without /proc.
 */
export function watch(mark: string): { stop(): Taken | undefined } {
    const seen = new Map<string, Taken>();
    const look = () => {
        for (const pid of descendants(process.pid)) {
            const taken = takenBy(pid, mark);
            if (taken) seen.set(pid, taken);
        }
    };
    const timer = setInterval(look, EVERY_MS);
    return {
        stop: () => {
            clearInterval(timer);
            if (seen.size === 0) return undefined;
            const all = [...seen.values()];
            return {
                cpuSeconds: all.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
                peakBytes: Math.max(...all.map(({ peakBytes }) => peakBytes)),
            };
        },
    };
}

function descendants(pid: number | string): string[] {
    return children(pid).flatMap((child) => [child, ...descendants(child)]);
}

function children(pid: number | string): string[] {
    try {
        return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
            readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean),
        );
    } catch {
        // The process is gone, or the system is not Linux.
        return [];
    }
}

function takenBy(pid: string, mark: string): Taken | undefined {
    try {
        if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(mark)) return undefined;
        // The name in parentheses may contain spaces; user and system time are the 12th and 13th field after it.
        const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
        const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
        return {
            cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
            peakBytes: Number(peak ?? 0) * 1024,
        };
    } catch {
        return undefined;
    }
}
