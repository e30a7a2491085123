import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const main = join(__dirname, "../../../dist/cli/main.js");

/** The command in a process of its own. */
export interface ChildCommand {
    child: ChildProcess;
    /** What it has printed so far. */
    output: () => string;
    ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export function startCommand(argv: readonly string[], folder: string, address: string): ChildCommand {
    const child = spawn(process.execPath, [main, ...argv], {
        cwd: folder,
        env: { ...process.env, MILVUS_ADDRESS: address },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
    const ended = new Promise<Awaited<ChildCommand["ended"]>>((resolve) =>
        child.on("close", (code, signal) => resolve({ code, signal })),
    );
    return { child, output: () => text, ended };
}

/** Asks until there is an answer, while the command runs. */
export async function until<T>(
    { output, child }: ChildCommand,
    ask: () => Promise<T | undefined>,
): Promise<T> {
    for (;;) {
        const answer = await ask();
        if (answer !== undefined) return answer;
        if (child.exitCode !== null) throw new Error(`the command has ended:\n${output()}`);
        await delay(50);
    }
}
