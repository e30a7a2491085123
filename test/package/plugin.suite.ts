import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { missingCommand } from "../support/languages/project";
import { server, ServerUnavailable } from "../support/servers";
import { currentTier } from "../support/tier";
import { release } from "../../scripts/release";
import { emptyHome } from "./emptyHome";
import { gitServer } from "./gitServer";
import { NoRegistry, npm } from "./npm";
import { packed } from "./packed";
import { version } from "../support/version";

const run = promisify(execFile);
const checkout = resolve(__dirname, "../..");

/** Makes the plugin reachable from an empty home, and returns the folders that the PATH needs before its own. */
type Way = (home: Home) => Promise<string[]>;

interface Home {
    dir: string;
    pulumi: (...args: string[]) => Promise<string>;
    /** Of the commands that follow. */
    env: NodeJS.ProcessEnv;
}

/** Beside the folder, it shows that Pulumi finds the plugin in a repository: in the full tier. */
const atGitAddress = "`pulumi package add` of a git address";

const ways: Readonly<Record<string, Way>> = {
    "`npm install --global` of the package": async ({ dir }) => {
        const { tarball } = await packed();
        await npm(dir, "install", "--global", "--prefix", dir, "--prefer-offline", tarball);
        return [join(dir, "bin")];
    },
    "`pulumi plugin install` of the archive of a release": async ({ dir, pulumi }) => {
        const [archive] = await release(join(dir, "release"));
        await pulumi("plugin", "install", "resource", "milvus", `v${version}`, "-f", archive!);
        return [];
    },
    "`pulumi package add` of the folder plugin/": async ({ dir, pulumi }) => {
        const plugin = join(dir, "plugin");
        await copyPlugin(plugin);
        await npm(plugin, "install", "--prefer-offline");
        await pulumi("package", "add", "./plugin");
        return [];
    },
    [atGitAddress]: async ({ dir, pulumi, env }) => {
        const repository = join(dir, "team", "milvus.git");
        await copyPlugin(join(repository, "plugin"));
        for (const args of [
            ["init"],
            ["add", "."],
            ["commit", "--message", "Release"],
            ["tag", `v${version}`],
        ])
            await run("git", args, { cwd: repository, env: { ...env, ...author } });
        const { address, certificate, close } = await gitServer(dir);
        env["SSL_CERT_FILE"] = certificate;
        try {
            await pulumi("package", "add", `${address}/team/milvus.git/plugin@${version}`);
        } finally {
            close();
        }
        return [];
    },
};

const author = {
    GIT_AUTHOR_NAME: "test",
    GIT_AUTHOR_EMAIL: "test@localhost",
    GIT_COMMITTER_NAME: "test",
    GIT_COMMITTER_EMAIL: "test@localhost",
};

/** The folder plugin/, with the packed package until a release is on the registry. */
async function copyPlugin(to: string): Promise<void> {
    const { tarball } = await packed();
    await cp(join(checkout, "plugin"), to, { recursive: true });
    const file = join(to, "package.json");
    const published = await readFile(file, "utf8");
    await writeFile(file, published.replace(/"pulumi-milvus": ".*"/, `"pulumi-milvus": "file:${tarball}"`));
}

describe("the plugin, installed in an empty home by", function () {
    this.timeout(15 * 60_000);
    before(function () {
        if (missingCommand(["pulumi", "pulumi-language-yaml"]) !== undefined) this.skip();
    });

    for (const [title, install] of Object.entries(ways))
        it(title, async function () {
            if (title === atGitAddress && currentTier() === "fast") this.skip();
            const dir = await mkdtemp(join(tmpdir(), "pulumi-milvus-home-"));
            const { PATH = "" } = process.env;
            const env = emptyHome(dir);
            const pulumi = async (...args: string[]) =>
                (await run("pulumi", [...args, "--color", "never"], { cwd: dir, env })).stdout;
            try {
                const milvus = await server("milvus-lite-3.2.2");
                await mkdir(join(dir, ".pulumi"));
                await cp(join(checkout, "examples/yaml/Pulumi.yaml"), join(dir, "Pulumi.yaml"));
                const folders = await install({ dir, pulumi, env });
                env["PATH"] = [...folders, PATH].join(delimiter);
                await pulumi("stack", "init", "dev");
                await pulumi("config", "set", "milvus:address", milvus.address);
                expect(await pulumi("up", "--yes", "--skip-preview")).to.include("3 created");
                expect(await pulumi("stack", "output", "collection")).to.match(/^docs_[0-9a-f]{7}$/m);
                expect(await pulumi("destroy", "--yes", "--skip-preview")).to.include("3 deleted");
            } catch (error) {
                if (error instanceof ServerUnavailable || error instanceof NoRegistry) return this.skip();
                throw error;
            } finally {
                await rm(dir, { recursive: true, force: true });
            }
        });
});
