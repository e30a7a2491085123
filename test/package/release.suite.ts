import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { Connection } from "../../provider/inputs/schema/connection";
import { listCollections } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import type { FieldArguments } from "../support/data/field";
import { readRows } from "../support/data/reader";
import { insertRows } from "../support/data/rows";
import { expectEveryCell, expectSameColumn, expectSameKeys } from "../support/data/table";
import {
    type Declared,
    goProgram,
    pythonProgram,
    typescriptProgram,
    yamlProgram,
} from "../support/languages/programs";
import { missingCommand } from "../support/languages/project";
import { server } from "../support/servers";
import { emptyHome } from "./emptyHome";
import { npm } from "./npm";
import { runtimes } from "./runtimes";

const run = promisify(execFile);

/** The folder that `npm run release` has made. Without it there is nothing to install. */
const release = process.env["PULUMI_MILVUS_RELEASE"];

const before: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 8 },
    { name: "page_num", dataType: "Int32" },
];
const after: FieldArguments[] = [
    ...before.slice(0, 2),
    { name: "page", dataType: "Int32", previousName: "page_num" },
    { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" },
];

/** A project in an empty home. */
interface Home {
    dir: string;
    env: NodeJS.ProcessEnv;
    call: (command: string, ...args: string[]) => Promise<string>;
}

interface Way {
    needs?: string[];
    runtime: string;
    install: (home: Home) => Promise<void>;
    file: string;
    program: (declared: Declared) => string;
    /** Before each command of Pulumi. */
    build?: (home: Home) => Promise<unknown>;
}

const artefact = async (folder: string, ending: string): Promise<string> => {
    const name = (await readdir(join(release!, folder))).find((one) => one.endsWith(ending));
    if (name === undefined) throw new Error(`release/${folder} has no ${ending}`);
    return join(release!, folder, name);
};

const plugin = async ({ call }: Home) => {
    const archive = await artefact(".", "-linux-amd64.tar.gz");
    const [, version] = /-v(.*)-linux/.exec(archive)!;
    await call("pulumi", "plugin", "install", "resource", "milvus", version!, "-f", archive);
};

const [{ sdk, typescript }] = runtimes as [(typeof runtimes)[0]];
const tools = [`@pulumi/pulumi@${sdk}`, `typescript@${typescript}`, "@types/node@^20"];
const emptyPackage = ({ dir }: Home) =>
    writeFile(join(dir, "package.json"), `{ "name": "program", "private": true }`);

/** The same program with the dynamic resources, which have no look-ups. */
const dynamicProgram = (declared: Declared) =>
    typescriptProgram(declared)
        .replace("@pulumi-milvus/milvus", "pulumi-milvus")
        .replace(/^export const server.*$/m, "");

const ways: Readonly<Record<string, Way>> = {
    "TypeScript by npm": {
        runtime: "nodejs",
        install: async (home) => {
            await emptyPackage(home);
            await npm(home.dir, "install", "--prefer-offline", ...tools, await artefact("npm", ".tgz"));
        },
        file: "index.ts",
        program: dynamicProgram,
    },
    "TypeScript by pnpm": {
        runtime: "nodejs",
        install: async (home) => {
            await emptyPackage(home);
            const own = join(home.dir, "tools");
            await mkdir(own);
            await writeFile(join(own, "package.json"), `{ "private": true }`);
            await npm(own, "install", "--prefer-offline", "pnpm@10.34.9");
            const pnpm = join(own, "node_modules/pnpm/bin/pnpm.cjs");
            await home.call(process.execPath, pnpm, "add", ...tools, await artefact("npm", ".tgz"));
        },
        file: "index.ts",
        program: dynamicProgram,
    },
    "TypeScript with the SDK": {
        runtime: "nodejs",
        install: async (home) => {
            await emptyPackage(home);
            await npm(home.dir, "install", "--prefer-offline", ...tools, await artefact("npm-sdk", ".tgz"));
            await plugin(home);
        },
        file: "index.ts",
        program: typescriptProgram,
    },
    YAML: {
        needs: ["pulumi-language-yaml"],
        runtime: "yaml",
        install: plugin,
        file: "Pulumi.yaml",
        program: yamlProgram,
    },
    Python: {
        needs: ["pulumi-language-python", "python3"],
        runtime: "{ name: python, options: { virtualenv: venv } }",
        install: async (home) => {
            await home.call("python3", "-m", "venv", "venv");
            await home.call("venv/bin/pip", "install", "--quiet", await artefact("python", ".whl"));
            await plugin(home);
        },
        file: "__main__.py",
        program: pythonProgram,
    },
    Go: {
        needs: ["pulumi-language-go", "go"],
        runtime: "{ name: go, options: { binary: ./built } }",
        install: async (home) => {
            const { stdout } = await run("go", ["env", "GOMODCACHE", "GOPROXY", "GOCACHE"]);
            const [cache, proxy, builds] = stdout.trim().split("\n");
            // The module comes from the release; Pulumi's SDK from what this machine has downloaded, or from its proxy.
            const proxies = [`file://${release!}/go`, `file://${cache!}/cache/download`, proxy!];
            const modules = join(home.dir, "modules");
            Object.assign(home.env, { GOPROXY: proxies.join(), GOMODCACHE: modules, GOCACHE: builds });
            Object.assign(home.env, {
                GONOSUMDB: "github.com/pulumi-milvus/*",
                GOFLAGS: "-mod=mod -modcacherw",
            });
            const module = "github.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus";
            const version = /v[^v]*(?=\.zip$)/.exec(await artefact(`go/${module}/@v`, ".zip"))![0];
            await writeFile(
                join(home.dir, "go.mod"),
                `module program\n\ngo 1.25\n\nrequire ${module} ${version}\n`,
            );
            await plugin(home);
        },
        file: "main.go",
        program: goProgram,
        build: ({ call }) => call("go", "build", "-o", "built", "."),
    },
};

describe("from the release, in an empty home", function () {
    this.timeout(30 * 60_000);

    for (const [title, way] of Object.entries(ways))
        it(`a program in ${title} deploys, keeps its rows through a change, and is destroyed`, async function () {
            if (release === undefined || missingCommand(["pulumi", ...(way.needs ?? [])])) return this.skip();
            const dir = await mkdtemp(join(tmpdir(), "pulumi-milvus-release-"));
            const env: NodeJS.ProcessEnv = {
                ...emptyHome(dir),
                PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
            };
            const call = async (command: string, ...args: string[]) =>
                (await run(command, args, { cwd: dir, env, maxBuffer: 64 * 2 ** 20 })).stdout;
            const pulumi = (...args: string[]) => call("pulumi", ...args, "--color", "never");
            const home = { dir, env, call };
            const name = `release_${Object.keys(ways).indexOf(title)}_${process.pid}`;
            const { address } = await server("milvus-lite-3.2.2");
            const client = await MilvusClient.connect(Connection.parse({ address }));
            const own = async () =>
                (await listCollections(client, undefined)).filter((one) => one.startsWith(name));
            const write = async (fields: FieldArguments[]) => {
                await writeFile(join(dir, way.file), way.program({ name, fields }));
                await way.build?.(home);
            };
            try {
                await mkdir(join(dir, ".pulumi"));
                await writeFile(join(dir, "Pulumi.yaml"), `name: release\nruntime: ${way.runtime}\n`);
                await way.install(home);
                await write(before);
                await pulumi("stack", "init", "dev");
                await pulumi("config", "set", "milvus:address", address);
                await pulumi("up", "--yes", "--skip-preview");
                const keys = Array.from({ length: 1_000 }, (_, key) => String(key));
                await insertRows({ client, collection: name, fields: before, keys });
                const was = await readRows({ client, collection: name, fields: before });

                await write(after);
                await pulumi("up", "--yes", "--skip-preview");
                const now = await readRows({ client, collection: name, fields: after });
                expect(now.rows).to.equal(1_000);
                expectSameKeys(was, now);
                expectSameColumn(was, "vector", now);
                expectSameColumn(was, "page_num", now, "page");
                expectEveryCell(now, "lang", "en");
                expect(await own()).to.have.length(1);
                await pulumi("preview", "--expect-no-changes");
                await pulumi("destroy", "--yes", "--skip-preview");
                expect(await own()).to.deep.equal([]);
            } finally {
                client.close();
                await rm(dir, { recursive: true, force: true });
            }
        });
});
