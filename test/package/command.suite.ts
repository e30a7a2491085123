import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

import { expect } from "chai";

import { alterLine, type ArticleSite, changed, openArticleSite } from "../support/cli/articleSite";
import { expectSameColumn, expectSameKeys } from "../support/data/table";
import { server, ServerUnavailable } from "../support/servers";
import { NoRegistry, npm } from "./npm";
import { packed } from "./packed";

/** How a command ended. */
interface Ended {
    code: number;
    out: string;
    err: string;
}

const count = 500;

describe("the command, installed from the tarball in an empty folder, in an empty home", function () {
    this.timeout(5 * 60_000);
    let dir: string;
    let folder: string;
    let home: string;
    let site: ArticleSite | undefined;

    before(async function () {
        this.timeout(15 * 60_000);
        dir = await mkdtemp(join(tmpdir(), "pulumi-milvus-command-"));
        [folder, home] = [join(dir, "work"), join(dir, "home")];
        for (const one of [folder, home]) await mkdir(one);
        try {
            const milvus = await server("milvus-lite-3.2.2");
            const { tarball } = await packed();
            await npm(folder, "install", "--prefer-offline", tarball);
            site = await openArticleSite(milvus, count);
        } catch (error) {
            if (error instanceof ServerUnavailable || error instanceof NoRegistry) return this.skip();
            throw error;
        }
    });
    after(async () => {
        await site?.close();
        await rm(dir, { recursive: true, force: true });
    });

    /** Nothing of the environment that runs the tests reaches it. */
    const run = (file: string, args: readonly string[], more: Record<string, string> = {}) =>
        new Promise<Ended>((resolve, reject) => {
            const path = [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter);
            const env = { PATH: path, HOME: home, npm_config_update_notifier: "false", ...more };
            execFile(file, args, { cwd: folder, env, maxBuffer: 2 ** 24 }, (error, out, err) => {
                if (typeof error?.code === "string") return reject(new Error(error.message));
                resolve({ code: error?.code ?? 0, out, err });
            });
        });
    /** As the pages show it; npx must not fetch another package of this name. */
    const command = (...argv: string[]) =>
        run("npx", ["pulumi-milvus", ...argv], {
            MILVUS_ADDRESS: site!.server.address,
            npm_config_offline: "true",
        });
    async function output(...argv: string[]): Promise<string> {
        const { code, out, err } = await command(...argv);
        expect(code, out + err).to.equal(0);
        expect(err).to.equal("");
        return out;
    }

    it("shows its help and its version", async () => {
        const { version } = JSON.parse(
            await readFile(join(folder, "node_modules/pulumi-milvus/package.json"), "utf8"),
        ) as { version: string };
        expect(await output("--version")).to.equal(`${version}\n`);
        const help = await output("--help");
        for (const name of ["pull", "alter", "plan", "verify", "status", "rollback", "doctor", "completion"])
            expect(help).to.match(new RegExp(`^ +${name}\\b`, "m"));
        expect(await output("alter", "--help")).to.include("--schema <file>");
    });

    it("examines a server, and says without a stack trace that there is none", async () => {
        expect(await output("doctor")).to.include("milvus-lite 3.2.2");
        const none = await command("doctor", "--address", "127.0.0.1:1");
        expect(none.code).to.equal(1);
        expect(none.err)
            .to.include("127.0.0.1:1")
            .and.not.match(/^ +at /m);
    });

    it("writes a program", async () => {
        const out = await output("pull", "--collection", site!.name, "--out", "pulled");
        expect(out).to.include("1 Collection");
        expect(await readdir(join(folder, "pulled"))).to.include.members(["Pulumi.yaml", "index.ts"]);
        expect(await readFile(join(folder, "pulled/index.ts"), "utf8")).to.include(`name: "${site!.name}"`);
    });

    it("plans and makes a change, and keeps the rows", async () => {
        await writeFile(join(folder, "schema.json"), JSON.stringify(changed));
        const before = await site!.rows();
        expect(before.rows).to.equal(count);
        const planned = await output(...alterLine(site!.name, "--dry-run"));
        expect(planned).to.include("+ rating: new Float").and.include("no changes made");
        expect(await site!.fields()).to.include("name");
        const done = await output(...alterLine(site!.name, "--yes"));
        expect(done).to.include(`${site!.name}: done`);
        expect(await site!.fields())
            .to.include("rating")
            .and.not.include("name");
        const after = await site!.rows();
        expectSameKeys(before, after);
        for (const column of before.columns.keys()) expectSameColumn(before, column, after);
        expect(await output(...alterLine(site!.name, "--yes"))).to.match(/no changes detected\n$/);
    });

    it("completes its commands in bash", async () => {
        await writeFile(join(folder, "completion.sh"), await output("completion", "bash"));
        const words = "COMP_WORDS=(pulumi-milvus do); COMP_CWORD=1";
        const asked = `. ./completion.sh; ${words}; _pulumi_milvus; echo "\${COMPREPLY[@]}"`;
        expect(await run("bash", ["-c", asked])).to.deep.equal({ code: 0, out: "doctor\n", err: "" });
    });

    it("has a manual page where npm looks for it", async () => {
        const own = join(folder, "node_modules/pulumi-milvus");
        const { man } = JSON.parse(await readFile(join(own, "package.json"), "utf8")) as { man: string };
        expect(await readFile(join(own, man), "utf8")).to.match(/^\.TH PULUMI-MILVUS 1 /);
    });

    it("leaves nothing in the home", async () => {
        const written = (await readdir(home)).filter((name) => name !== ".npm");
        expect(written, "npx itself writes its log to .npm").to.deep.equal([]);
    });
});
