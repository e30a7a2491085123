import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { expect } from "chai";

/** A run that starts a process in a group of its own, tells of both, and hangs. */
const run = `
    const { spawn } = require("node:child_process");
    require(${JSON.stringify(join(__dirname, "../support/watchdog.ts"))}).startWatchdog();
    const hang = ["-e", "setInterval(() => undefined, 1000)"];
    const child = spawn(process.execPath, hang, { detached: true, stdio: "ignore" });
    console.log(JSON.stringify({ pid: child.pid, folder: process.env.TMPDIR }));
    setInterval(() => undefined, 1000);
`;

/** One that has ended and that nobody has asked for yet has no environment. */
function runs(pid: number): boolean {
    try {
        return readFileSync(`/proc/${pid}/environ`).length > 0;
    } catch {
        return false;
    }
}

describe("a run that is killed", () => {
    it("leaves no process and no temporary file", async function () {
        if (!existsSync("/proc/self/environ")) return this.skip();
        this.timeout(60_000);
        const args = ["--require", require.resolve("tsx/cjs"), "-e", run];
        const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
        const [told] = (await once(child.stdout, "data")) as [Buffer];
        const { pid, folder } = JSON.parse(told.toString()) as { pid: number; folder: string };
        const isLeft = () => runs(pid) || existsSync(folder);
        expect(runs(pid) && existsSync(folder)).to.equal(true);
        child.kill("SIGKILL");
        // The timeout of the test bounds the wait.
        while (isLeft()) await delay(50);
        expect(isLeft()).to.equal(false);
    });
});
