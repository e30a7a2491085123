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
/** What of a log tells why a server ended: Go and C++ say it far above their last lines. */
const fatal = /panic|fatal|SIG[A-Z]{3,4}|terminate called|session.*(lost|disconnect)|\[FATAL\]/i;
const running = new Set<ChildProcess>();
const ending = new WeakSet<ChildProcess>();

// Whatever ends the run (an exception, Ctrl-C, the end), no server outlives it.
process.on("exit", () => running.forEach((child) => signal(child, "SIGKILL")));

/**
 * Starts a server in a process group of its own; resolves when it answers over gRPC.
 *
 * @param crashed called when it ends later without `end`; why, as its log has it, is printed
 */
export async function start(command: Command, crashed: () => void): Promise<ChildProcess> {
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
    // A server whose authorization is on may be started again; one without ignores the token.
    const probe = new Probe(command.address, 2_000, "root:Milvus");
    const deadline = Date.now() + startSeconds * 1000;
    try {
        while (!(await probe.isReady())) {
            if (Date.now() > deadline) failure ??= `no answer in ${startSeconds} s`;
            if (failure) throw new Error(`${command.file} did not start: ${failure}\n${tail(command.log)}`);
            await delay(100);
        }
        child.once("exit", (code, by) => {
            if (ending.has(child)) return;
            console.error(`${command.file} ended by itself with ${code ?? by}\n${lastWords(command.log)}`);
            crashed();
        });
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
    ending.add(child);
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
    return linesOf(log).slice(-25).join("\n");
}

function lastWords(log: string): string {
    const lines = linesOf(log).slice(-5000);
    const words = lines.flatMap((line, at) => (fatal.test(line) ? lines.slice(at, at + 8) : []));
    return [...words.slice(-60), "...", ...lines.slice(-25)].map((line) => line.slice(0, 500)).join("\n");
}

function linesOf(log: string): string[] {
    return readFileSync(log, "utf8").split("\n");
}
