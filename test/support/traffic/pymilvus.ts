import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { environment } from "../servers/python";

/** A program of pymilvus that says `ready`, works until its standard input ends, and then tells one line of JSON. */
export async function startPymilvus<Told>(
    script: string,
    args: string[],
): Promise<{ stop(): Promise<Told> }> {
    // The environment of milvus-lite has the client, too; it talks with Milvus 2.3.5 as well.
    const python = join(await environment("milvus-lite-3.2.2"), "bin/python");
    const child = spawn(python, [join(__dirname, script), ...args], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout });
    const told: string[] = [];
    const exited = once(child, "exit");
    await new Promise<void>((ready, failed) => {
        lines.on("line", (line) => (line === "ready" ? ready() : told.push(line)));
        child.once("exit", (code) => failed(new Error(`${script} ended with ${code} before it was ready`)));
    });
    return {
        stop: async () => {
            child.stdin.end();
            await exited;
            return JSON.parse(told.at(-1)!) as Told;
        },
    };
}
