import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { NodeProcess } from "../nodeProcess";

/** What a host does next: see host.cjs. */
export type Order = { dir: string; env: Record<string, string> } & (
    | { kind: "provider"; script: string; args: string[]; announce: string | undefined }
    | {
          kind: "program";
          run: {
              project: string;
              stack: string;
              organization: string;
              parallel: number;
              address: string;
              dryRun: boolean;
              config: Record<string, string>;
              secretKeys: string[];
          };
      }
);

type OnLine = (line: string, stream: "stdout" | "stderr") => void;

/** What a host writes behind the last line of a run, on both streams. */
const END = "\u0004";
/** A provider leaves its port and its connections behind: after so many runs a host makes room for another. */
const MOST_RUNS = 20;
const resetSeconds = 5;

const idle: Host[] = [];
const all = new Set<ChildProcess>();

// However the run ends, nothing of it stays.
process.on("exit", () => all.forEach((child) => child.kill("SIGKILL")));

/**
 * Runs a program or a provider in a process that has the SDK in memory already. A process of its own takes seconds of CPU
 * for each, most of it for reading the SDK.
 */
export function startWarm(order: Order, onLine: OnLine): NodeProcess {
    return (idle.pop() ?? new Host()).run(order, onLine);
}

class Host {
    private runs = 0;
    private readonly child: ChildProcess;
    private onLine: OnLine = () => undefined;
    private onEnd: (code: number) => void = () => undefined;
    private ended = 0;

    constructor() {
        this.child = spawn(process.execPath, [join(__dirname, "host.cjs")], {
            stdio: ["ignore", "pipe", "pipe", "ipc"],
        });
        // A run of the tests does not wait for those that wait for it.
        this.child.unref();
        this.child.channel?.unref();
        all.add(this.child);
        this.child.once("close", () => {
            all.delete(this.child);
            const place = idle.indexOf(this);
            if (place >= 0) idle.splice(place, 1);
            this.onEnd(1);
        });
        for (const name of ["stdout", "stderr"] as const)
            createInterface({ input: this.child[name]! }).on("line", (line) => {
                if (!line.startsWith(END)) return this.onLine(line, name);
                if (++this.ended % 2 === 0) this.onEnd(Number(line.slice(END.length)));
            });
    }

    run(order: Order, onLine: OnLine): NodeProcess {
        this.runs += 1;
        this.onLine = onLine;
        let running = true;
        let fine = true;
        const exit = new Promise<number>((resolve) => {
            this.onEnd = (code) => {
                running = false;
                fine &&= code === 0;
                resolve(code);
            };
        });
        this.child.send(order);
        const end = async (isDone: boolean) => {
            await this.release(fine && isDone);
            if (running) this.onEnd(0);
            await exit;
        };
        let ending: Promise<void> | undefined;
        // A provider never ends by itself, a program that has to be ended hangs.
        return { exit, end: (isDone = !running) => (ending ??= end(isDone)) };
    }

    /** A run that failed may have left something at work: its process ends, as that of any run would. */
    private async release(isDone: boolean): Promise<void> {
        const isReset = isDone && this.runs < MOST_RUNS && (await this.reset());
        if (isReset) idle.push(this);
        else this.child.kill("SIGKILL");
    }

    private reset(): Promise<boolean> {
        const onEnd = this.onEnd;
        return new Promise((resolve) => {
            const timer = setTimeout(() => resolve(false), resetSeconds * 1000);
            this.onEnd = (code) => {
                clearTimeout(timer);
                this.onEnd = onEnd;
                resolve(code === 0);
            };
            this.child.send({ kind: "reset" });
        });
    }
}
