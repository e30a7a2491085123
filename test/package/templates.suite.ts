import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { versionOf } from "../../scripts/publish/versions";
import { release } from "../../scripts/release";
import { missingCommand } from "../support/languages/project";
import { server, ServerUnavailable } from "../support/servers";
import { emptyHome } from "./emptyHome";
import { NoRegistry, npm } from "./npm";
import { packed } from "./packed";

const run = promisify(execFile);
const root = resolve(__dirname, "../..");
const templates = join(root, "templates");

/** A folder in an empty home, and the CLI in it. */
interface Folder {
    dir: string;
    pulumi: (...args: string[]) => Promise<string>;
}

/** How a project is made of a template, before it is published. */
type Make = (folder: Folder, template: string) => Promise<void>;

const makes: Readonly<Record<string, Make>> = {
    "milvus-typescript": async ({ dir, pulumi }, template) => {
        await pulumi("new", template, "--yes", "--name", "my-docs", "--generate-only");
        const file = join(dir, "package.json");
        const made = await readFile(file, "utf8");
        expect(JSON.parse(made)).to.include({ name: "my-docs" });
        const { tarball } = await packed();
        await writeFile(file, made.replace(/"pulumi-milvus": ".*"/, `"pulumi-milvus": "file:${tarball}"`));
        await npm(dir, "install", "--prefer-offline");
        await pulumi("stack", "init", "dev");
    },
    "milvus-yaml": async ({ dir, pulumi }, template) => {
        const [archive] = await release(join(dir, "..", "release"));
        await pulumi("plugin", "install", "resource", "milvus", `v${versionOf(root)}`, "-f", archive!);
        await pulumi("new", template, "--yes", "--name", "my-docs", "--stack", "dev");
        expect(await pulumi("config", "get", "milvus:address")).to.equal("localhost:19530\n");
        // Empty: a server without users.
        expect(await pulumi("config")).to.not.include("token");
    },
};

describe("`pulumi new` in an empty home", function () {
    this.timeout(15 * 60_000);
    before(function () {
        const needs = ["pulumi", "pulumi-language-nodejs", "pulumi-language-yaml"];
        if (missingCommand(needs) !== undefined) this.skip();
    });

    for (const [name, make] of Object.entries(makes))
        it(`makes a project of ${name} that previews, deploys, and is destroyed`, async function () {
            const home = await mkdtemp(join(tmpdir(), "pulumi-milvus-new-"));
            const dir = join(home, "my-docs");
            const env = {
                ...emptyHome(home),
                // Nothing but what is installed, as at a user's first project.
                PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
            };
            const pulumi = async (...args: string[]) =>
                (await run("pulumi", [...args, "--color", "never", "--non-interactive"], { cwd: dir, env }))
                    .stdout;
            try {
                await mkdir(dir);
                await mkdir(join(home, ".pulumi"));
                const { address } = await server("milvus-lite-3.2.2");
                await make({ dir, pulumi }, join(templates, name));
                await pulumi("config", "set", "milvus:address", address);
                expect(await pulumi("preview")).to.include("3 to create");
                expect(await pulumi("up", "--yes", "--skip-preview")).to.include("3 created");
                expect(await pulumi("stack", "output", "collection")).to.match(/^docs_[0-9a-f]{7}$/m);
                expect(await pulumi("preview", "--expect-no-changes")).to.include("3 unchanged");
                expect(await pulumi("destroy", "--yes", "--skip-preview")).to.include("3 deleted");
            } catch (error) {
                if (error instanceof ServerUnavailable || error instanceof NoRegistry) return this.skip();
                throw error;
            } finally {
                await rm(home, { recursive: true, force: true });
            }
        });
});
