import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The processes that a run has started, at any depth: those that inherited its `TMPDIR`, else its descendants. */
export function processesOf(folder: string): number[] {
    return existsSync("/proc/self/environ") ? inheritorsOf(folder) : descendants();
}

/** Also finds a process whose parent is gone. */
function inheritorsOf(folder: string): number[] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
        .filter((pid) => environmentOf(pid).split("\0").includes(`TMPDIR=${folder}`))
        .map(Number);
}

function environmentOf(pid: string): string {
    try {
        return readFileSync(`/proc/${pid}/environ`, "utf8");
    } catch {
        // Ended meanwhile, or another user's.
        return "";
    }
}

function descendants(): number[] {
    const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    const parents = table
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/).map(Number));
    const found = new Set([process.pid]);
    for (let before = 0; before < found.size;) {
        before = found.size;
        for (const [pid, parent] of parents) if (found.has(parent!)) found.add(pid!);
    }
    found.delete(process.pid);
    return [...found];
}
