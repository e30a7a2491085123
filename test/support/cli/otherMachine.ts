import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import type { ChildCommand } from "./childCommand";

const main = join(__dirname, "../../../dist/cli/main.js");
/** A namespace of process ids of its own: to a lease that is another machine (provider/observe/lease.ts). */
const apart = ["--pid", "--fork", "--kill-child", "--mount-proc"];

/** Whether this user may make one. */
export const mayBeApart = (): Promise<boolean> =>
    promisify(execFile)("unshare", [...apart, "true"]).then(
        () => true,
        () => false,
    );

/** The command on what is another machine to every other process. Killing it kills all that it has started. */
export function startElsewhere(argv: readonly string[], address: string): ChildCommand {
    const child = spawn("unshare", [...apart, process.execPath, main, ...argv], {
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
