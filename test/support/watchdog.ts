import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives the run a temporary folder of its own (`TMPDIR`), and starts the process that clears up behind it: see
 * sweep.cjs. A run that is killed cannot end its servers itself.
 */
export function startWatchdog(): void {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-milvus-test-"));
    const child = spawn(process.execPath, [join(__dirname, "sweep.cjs"), folder], {
        stdio: ["pipe", "ignore", "ignore"],
        // A signal to the run's process group (Ctrl-C, `timeout`) is not meant for it.
        detached: true,
    });
    child.unref();
    (child.stdin as unknown as { unref(): void }).unref();
    process.env["TMPDIR"] = folder;
    process.env["PULUMI_MILVUS_TEST_RUN"] = folder;
}
