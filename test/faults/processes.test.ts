import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { announcing } from "../../scripts/engine/announcing";
import { type Processes, watchProcesses } from "../support/faults/processes";

describe("the processes of a stack", () => {
    let folder: string;
    let processes: Processes;
    let children: ChildProcess[];

    beforeEach(async () => {
        children = [];
        folder = await mkdtemp(join(tmpdir(), "processes-"));
        processes = await watchProcesses();
    });
    afterEach(async () => {
        children.forEach((child) => child.kill("SIGKILL"));
        await processes.close();
        await rm(folder, { recursive: true, force: true });
    });

    /** Starts a process under the name of a script of the SDK; resolves when it runs. */
    const start = async (script: string): Promise<ChildProcess> => {
        const path = join(folder, script);
        await mkdir(path, { recursive: true });
        await writeFile(join(path, "index.js"), `console.log("here"); setInterval(() => undefined, 1000);`);
        const child = spawn(process.execPath, [path], {
            env: { ...process.env, ...announcing(processes.folder) },
            stdio: ["ignore", "pipe", "inherit"],
        });
        children.push(child);
        await once(child.stdout, "data");
        return child;
    };

    it("include the provider, which is killed without warning", async () => {
        const program = await start("run");
        const provider = await start("dynamic-provider");
        await processes.killProvider();
        expect(await once(provider, "exit")).to.deep.equal([null, "SIGKILL"]);
        expect(program.exitCode ?? program.signalCode).to.equal(null);
    });

    it("include the current provider, not one that has ended", async () => {
        for (let turn = 0; turn < 2; turn++) {
            const provider = await start("dynamic-provider");
            await processes.killProvider();
            await once(provider, "exit");
        }
    });

    it("report that no provider runs", async () => {
        const results = await processes.killProvider().catch((error: unknown) => (error as Error).message);
        expect(results).to.equal("no provider is running");
    });
});
