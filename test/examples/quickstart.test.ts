import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { processesBelow, Quickstart, type QuickstartRun } from "../support/quickstart";
import { chosenServers } from "../support/servers";
import { environment } from "../support/servers/python";
import { currentTier } from "../support/tier";

const runs = currentTier() !== "fast" && chosenServers().includes("milvus-lite-3.2.2");

describe("the quickstart on milvus-lite-3.2.2", function () {
    if (!runs) return;
    this.timeout(15 * 60_000);
    let folder = "";
    let temporary = "";
    let bin = "";
    let quickstart: Quickstart | undefined;
    before(() => environment("milvus-lite-3.2.2"));
    beforeEach(async () => {
        folder = await realpath(await mkdtemp(join(tmpdir(), "quickstart-test-")));
        [temporary, bin] = [join(folder, "temporary"), join(folder, "bin")];
        for (const path of [temporary, bin]) await mkdir(path);
        await symlink(process.execPath, join(bin, "node"));
    });
    afterEach(async () => {
        quickstart?.signal("SIGKILL");
        await quickstart?.ended;
        quickstart = undefined;
        await rm(folder, { recursive: true, force: true });
    });

    const start = (environment: NodeJS.ProcessEnv = {}) =>
        (quickstart = new Quickstart(temporary, environment));

    async function expectNothingLeft({ out, err }: QuickstartRun): Promise<void> {
        expect(await readdir(temporary), out + err).to.deep.equal([]);
        if (existsSync("/proc/self/environ")) expect(processesBelow(temporary), out + err).to.deep.equal([]);
    }

    for (const [engine, paths] of [
        ["the pulumi command, where there is one", () => process.env["PATH"]],
        ["the engine of the repository", () => bin],
    ] as const)
        it(`carries each row over with ${engine}, and leaves nothing`, async () => {
            const run = await start({ PATH: paths() }).ended;
            expect(run.code, run.out + run.err).to.equal(0);
            expect(run.out).to.match(/\nAll 10,000 rows are there, and the alias docs moved from docs_/);
            expect(run.out).to.include("\nNext steps\n").and.include(`Temporary files: ${temporary}/`);
            expect(run.out).to.match(/about 450 MB/);
            // No library writes into the show.
            expect(run.err).to.equal("");
            expect(run.out).to.not.match(/excess pings|ENHANCE_YOUR_CALM|\u001b/);
            await expectNothingLeft(run);
        });

    for (const [moment, signal, code] of [
        ["== An application inserts", "SIGINT", 130],
        ["docs: migrate 10,000 rows", "SIGTERM", 143],
        ["== Version one: pulumi up", "SIGHUP", 129],
    ] as const)
        it(`leaves nothing when ${signal} comes after "${moment}", twice as from npm`, async () => {
            const running = start();
            await running.printed(moment);
            running.signal(signal);
            running.signal(signal);
            const run = await running.ended;
            expect(run.code, run.out + run.err).to.equal(code);
            expect(run.out).to.match(/\nStopped\. Ending the server .*\n$/);
            expect(run.err).to.equal("");
            await expectNothingLeft(run);
        });

    it("leaves nothing when it is interrupted while it installs milvus-lite", async () => {
        // A Python that never comes to an end with pip.
        const isProbe = `case "$1" in -c) exit 0;; esac`;
        await writeFile(join(bin, "python3"), `#!/bin/sh\n${isProbe}\nexec /bin/sleep 600\n`, {
            mode: 0o755,
        });
        const cache = join(folder, "cache");
        const running = start({ PATH: bin, PULUMI_MILVUS_CACHE: cache });
        await running.printed("Installing milvus-lite 3.2.2 from PyPI");
        running.signal("SIGINT");
        const run = await running.ended;
        expect(run.code, run.out + run.err).to.equal(130);
        expect(existsSync(cache)).to.equal(false);
        await expectNothingLeft(run);
    });

    it("says what to do without Python, and ends with 1", async () => {
        const run = await start({ PATH: bin, PULUMI_MILVUS_CACHE: join(folder, "cache") }).ended;
        expect(run.code).to.equal(1);
        expect(run.err).to.match(/^error: the quickstart failed: milvus-lite needs Python 3\.10 or later/);
        expect(run.err).to.include("apt-get install python3-venv").and.include("MILVUS_ADDRESS");
        await expectNothingLeft(run);
    });

    it("says what to do where no server answers at MILVUS_ADDRESS, and ends with 1", async () => {
        const run = await start({ MILVUS_ADDRESS: "127.0.0.1:1" }).ended;
        expect(run.code).to.equal(1);
        expect(run.err).to.match(/error: .*no Milvus answers at 127\.0\.0\.1:1.*unset it to use milvus-lite/);
        await expectNothingLeft(run);
    });
});
