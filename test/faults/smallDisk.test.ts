import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { limitFileSize, mountSmallDisk, type SmallDisk } from "../support/faults/smallDisk";

const failure = (error: NodeJS.ErrnoException) => error.code;

describe("a small disk", () => {
    let disk: SmallDisk | undefined;
    before(async function () {
        disk = await mountSmallDisk(2 * 1024 * 1024);
        if (!disk) this.skip();
    });
    after(() => disk?.close());

    it("is the temporary folder of a process", async () => {
        const script = "process.stdout.write(require('node:os').tmpdir())";
        const child = spawn(process.execPath, ["-e", script], { env: { ...process.env, ...disk!.env } });
        const [results] = (await once(child.stdout, "data")) as [Buffer];
        expect(results.toString()).to.equal(disk!.path);
    });

    it("is full after its size, keeps earlier files, and accepts writes once there is space again", async () => {
        const file = (name: string) => join(disk!.path, name);
        await writeFile(file("kept"), "kept");
        await disk!.fill();
        expect(await writeFile(file("more"), "more").catch(failure)).to.equal("ENOSPC");
        expect(await readFile(file("kept"), "utf8")).to.equal("kept");
        await disk!.free();
        await writeFile(file("more"), "more");
    });
});

describe("a limit of the file size", () => {
    it("makes a larger write of the process fail", async function () {
        const path = join(tmpdir(), `limited-${process.pid}`);
        const script = `process.stdin.once("data", () => {
            try { require("node:fs").writeFileSync(${JSON.stringify(path)}, Buffer.alloc(100_000)); }
            catch (error) { process.stdout.write(error.code); }
            process.exit();
        });`;
        const child = spawn(process.execPath, ["-e", script]);
        try {
            await limitFileSize(child.pid!, 10_000);
        } catch {
            child.kill();
            return this.skip();
        }
        const results = once(child.stdout, "data") as Promise<[Buffer]>;
        child.stdin.write("go\n");
        expect((await results)[0].toString()).to.equal("EFBIG");
        expect((await readFile(path)).length).to.equal(10_000);
    });
});
