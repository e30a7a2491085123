import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";

import { environment } from "../test/support/servers/python";
import { exitOnSignals } from "../test/support/signals";
import type { Answer, Job } from "./outcome";

/**
 * The output of `tsc -p bench` for code that runs in separate processes: a TypeScript loader would count as work of the
 * client.
 */
const compiled = resolve(__dirname, "../.cache/bench/bench/contender");

export type Contender = "provider" | "article" | "sdk" | "read" | "insert" | "soak" | "import";

/** Runs a contender in a separate process. @throws Error with the end of its output if it fails */
export async function runContender(name: Contender, job: Job): Promise<Answer> {
    const text = JSON.stringify(job);
    const command =
        name === "article"
            ? // pymilvus is installed beside the server that needs it.
              [
                  join(await environment("milvus-lite-3.2.2"), "bin/python"),
                  join(__dirname, "contender/article.py"),
                  text,
              ]
            : [process.execPath, join(compiled, `${name}.js`), text];
    const { code, out, err } = await output(command);
    if (code !== 0) throw new Error(`${name} ended with ${String(code)}: ${err.slice(-2_000)}`);
    return JSON.parse(out.trimEnd().split("\n").at(-1)!) as Answer;
}

const running = new Set<ChildProcess>();

// No contender outlives the benchmark, however it ends.
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
exitOnSignals();

function output([file, ...args]: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(file!, args, { stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    let [out, err] = ["", ""];
    child.stdout.on("data", (bytes: Buffer) => (out += bytes.toString()));
    child.stderr.on("data", (bytes: Buffer) => (err += bytes.toString()));
    return new Promise((ended, failed) => {
        child.once("error", failed);
        child.once("close", (code) => {
            running.delete(child);
            ended({ code, out, err });
        });
    });
}
