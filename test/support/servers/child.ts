import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import { Probe } from "./ready";

export interface Command {
    file: string;
    args: string[];
    env?: Record<string, string>;
    cwd: string;
    /** Where its output goes. */
    log: string;
    address: string;
}

const startSeconds = 120;
const stopSeconds = 15;
const running = new Set<ChildProcess>();

// Whatever ends the run (an exception, Ctrl-C, the end), no server outlives it.
process.on("exit", () => running.forEach((child) => signal(child, "SIGKILL")));

/** Starts a server in a process group of its own; resolves when it answers over gRPC. */
export async function start(command: Command): Promise<ChildProcess> {
    const log = openSync(command.log, "a");
    const child = spawn(command.file, command.args, {
        cwd: command.cwd,
        env: { ...process.env, ...command.env },
        stdio: ["ignore", log, log],
        detached: true,
    });
    closeSync(log);
    running.add(child);
    let failure: string | undefined;
    child.once("error", (error) => (failure = error.message));
    child.once("exit", (code, by) => (failure = `it ended with ${code ?? by}`));
    const probe = new Probe(command.address);
    const deadline = Date.now() + startSeconds * 1000;
    try {
        while (!(await probe.isReady())) {
            if (Date.now() > deadline) failure ??= `no answer in ${startSeconds} s`;
            if (failure) throw new Error(`${command.file} did not start: ${failure}\n${tail(command.log)}`);
            await delay(100);
        }
        return child;
    } catch (error) {
        await end(child, "SIGKILL");
        throw error;
    } finally {
        probe.close();
    }
}

/** Ends the process group: by the signal, and by SIGKILL when it does not listen. */
export async function end(child: ChildProcess, by: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        const force = setTimeout(() => signal(child, "SIGKILL"), stopSeconds * 1000);
        signal(child, by);
        await ended;
        clearTimeout(force);
    }
    signal(child, "SIGKILL");
    running.delete(child);
}

/** To the whole group: a server can have children of its own. */
function signal(child: ChildProcess, name: "SIGTERM" | "SIGKILL"): void {
    if (child.pid === undefined) return;
    try {
        process.kill(-child.pid, name);
    } catch {
        // Gone already.
    }
}

function tail(log: string): string {
    return readFileSync(log, "utf8").split("\n").slice(-25).join("\n");
}
