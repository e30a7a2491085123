import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { processesOf } from "./processes";

/** How long processes have to end by themselves: an installation removes what it has made. */
const graceMs = 5_000;
const checkMs = 50;

/**
 * Everything that a run leaves on the machine: one temporary folder, and processes. From here on, each process that is started
 * has its temporary files in the folder. Both are gone when this process ends, however that is.
 */
export class Traces {
    readonly folder: string;

    constructor() {
        this.folder = mkdtempSync(join(tmpdir(), "pulumi-milvus-quickstart-"));
        process.env["TMPDIR"] = this.folder;
        process.on("exit", () => this.removeAtOnce());
    }

    /** Ends the processes by SIGTERM, and those that stay by SIGKILL. */
    async remove(): Promise<void> {
        this.end("SIGTERM");
        const deadline = Date.now() + graceMs;
        while (processesOf(this.folder).length > 0 && Date.now() < deadline) await delay(checkMs);
        this.removeAtOnce();
    }

    private removeAtOnce(): void {
        const deadline = Date.now() + graceMs;
        // One that ends can have started another a moment before.
        while (this.end("SIGKILL") > 0 && Date.now() < deadline)
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, checkMs);
        rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    }

    private end(signal: "SIGTERM" | "SIGKILL"): number {
        const pids = processesOf(this.folder);
        for (const pid of pids)
            try {
                process.kill(pid, signal);
            } catch {
                // Gone already.
            }
        return pids.length;
    }
}
