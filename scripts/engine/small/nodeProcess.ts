import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A node process of the SDK: the program, or the provider. */
export interface NodeProcess {
    /** Its exit code, when it ends; a signal counts as 1. */
    exit: Promise<number>;
    /** @param isDone whether it has nothing to do any more; by default, that it has ended */
    end(isDone?: boolean): Promise<void>;
}

const running = new Set<number>();

// However the run ends, nothing of it stays.
process.on("exit", () => running.forEach((pid) => kill(pid)));

/** Runs a script of @pulumi/pulumi in the program's folder, and hands on what it prints, by the line. */
export function startNode(options: {
    script: string;
    args: string[];
    cwd: string;
    env: Record<string, string>;
    onLine: (line: string, stream: "stdout" | "stderr") => void;
}): NodeProcess {
    // A PATH of the stack's own chooses the Node, as it does for the CLI; else it is the one of this run.
    const node = options.env["PATH"] === undefined ? process.execPath : "node";
    const child = spawn(node, [options.script, ...options.args], {
        cwd: options.cwd,
        env: { ...process.env, ...options.env },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    createInterface({ input: child.stdout }).on("line", (line) => options.onLine(line, "stdout"));
    createInterface({ input: child.stderr }).on("line", (line) => options.onLine(line, "stderr"));
    const exit = new Promise<number>((resolve) => {
        child.once("error", () => resolve(1));
        // `close` comes after the last line.
        child.once("close", (code) => resolve(code ?? 1));
    });
    void exit.then(() => pid !== undefined && running.delete(pid));
    return {
        exit,
        end: async () => {
            if (pid !== undefined && child.exitCode === null && child.signalCode === null) kill(pid);
            await exit;
        },
    };
}

/** With its children: a provider can start some. */
function kill(pid: number): void {
    try {
        process.kill(-pid, "SIGKILL");
    } catch {
        // Gone already.
    }
}
