import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { missingCommand } from "../support/languages/project";
import { server, ServerUnavailable } from "../support/servers";
import { release } from "../../scripts/release";
import { NoRegistry, npm } from "./npm";
import { packed } from "./packed";

const run = promisify(execFile);
const checkout = resolve(__dirname, "../..");

/** Makes the plugin reachable from an empty home, and returns the folders that the PATH needs before its own. */
type Way = (home: Home) => Promise<string[]>;

interface Home {
    dir: string;
    pulumi: (...args: string[]) => Promise<string>;
}

const ways: Readonly<Record<string, Way>> = {
    "`npm install --global` of the package": async ({ dir }) => {
        const { tarball } = await packed();
        await npm(dir, "install", "--global", "--prefix", dir, "--prefer-offline", tarball);
        return [join(dir, "bin")];
    },
    "`pulumi plugin install` of the archive of a release": async ({ dir, pulumi }) => {
        const [archive] = await release(join(dir, "release"));
        await pulumi("plugin", "install", "resource", "milvus", "v0.1.0", "-f", archive!);
        return [];
    },
    "`pulumi package add` of the folder plugin/": async ({ dir, pulumi }) => {
        const { tarball } = await packed();
        const plugin = join(dir, "plugin");
        await cp(join(checkout, "plugin"), plugin, { recursive: true });
        const file = join(plugin, "package.json");
        const published = await readFile(file, "utf8");
        // Until a release is on the registry.
        await writeFile(
            file,
            published.replace(/"pulumi-milvus": ".*"/, `"pulumi-milvus": "file:${tarball}"`),
        );
        await npm(plugin, "install", "--prefer-offline");
        await pulumi("package", "add", "./plugin");
        return [];
    },
};

describe("the plugin, installed in an empty home by", function () {
    this.timeout(15 * 60_000);
    before(function () {
        if (missingCommand(["pulumi", "pulumi-language-yaml"]) !== undefined) this.skip();
    });

    for (const [title, install] of Object.entries(ways))
        it(title, async function () {
            const dir = await mkdtemp(join(tmpdir(), "pulumi-milvus-home-"));
            const { PATH = "", ...given } = process.env;
            const env: NodeJS.ProcessEnv = {
                ...given,
                PATH,
                HOME: dir,
                PULUMI_HOME: join(dir, ".pulumi"),
                PULUMI_BACKEND_URL: `file://${dir}`,
                PULUMI_CONFIG_PASSPHRASE: "a test's passphrase",
                PULUMI_SKIP_UPDATE_CHECK: "true",
                PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            };
            const pulumi = async (...args: string[]) =>
                (await run("pulumi", [...args, "--color", "never"], { cwd: dir, env })).stdout;
            try {
                const milvus = await server("milvus-lite-3.2.2");
                await mkdir(join(dir, ".pulumi"));
                await cp(join(checkout, "examples/yaml/Pulumi.yaml"), join(dir, "Pulumi.yaml"));
                const folders = await install({ dir, pulumi });
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
