import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { describeAlias } from "../../provider/milvus/collection/aliases";
import { dropCollection, listCollections } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectEveryCell, expectSameColumn, expectSameKeys } from "../support/data/table";
import { LanguageProject, missingCommand } from "../support/languages/project";
import { server, ServerUnavailable, type Server } from "../support/servers";
import { NoRegistry, npm } from "./npm";
import { packed } from "./packed";
import { version } from "../support/version";

const example = resolve(__dirname, "../../examples/monorepo");
/** The last that runs on every Node that the package runs on. */
const pnpm = "pnpm@9.15.9";
const fields = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 8 },
    { name: "text", dataType: "VarChar", maxLength: 1024 },
] as const;
const lang = { name: "lang", dataType: "VarChar", maxLength: 8 } as const;

describe("examples/monorepo, a workspace of pnpm with the tarball", function () {
    this.timeout(10 * 60_000);
    let milvus: Server;
    let client: MilvusClient;
    let folder = "";
    before(async function () {
        this.timeout(20 * 60_000);
        if (missingCommand(["pulumi", "pulumi-language-nodejs"]) !== undefined) return this.skip();
        try {
            milvus = await server("milvus-lite-3.2.2");
            folder = await install();
        } catch (error) {
            if (error instanceof ServerUnavailable || error instanceof NoRegistry) return this.skip();
            throw error;
        }
        client = await MilvusClient.connect(Connection.parse({ address: milvus.address }));
    });
    after(async () => {
        client?.close();
        if (folder !== "") await rm(folder, { recursive: true, force: true });
    });

    const collections = async () =>
        (await listCollections(client, undefined)).filter((name) => /^docs_[0-9a-f]{7}$/.test(name));

    for (const [program, title] of [
        ["infra", "a TypeScript program that has its collection from a package of the workspace"],
        ["infra-esm", "the same as an ES module"],
    ] as const)
        it(`keeps the rows of ${title}`, async () => {
            for (const name of await collections())
                await dropCollection(client, { database: undefined, name });
            const project = await LanguageProject.in(join(folder, "workspace", program), "workspace");
            const run = async (...args: string[]) => {
                const { ok, text } = await project.pulumi(...args);
                expect(ok, text).to.equal(true);
            };
            try {
                await run("stack", "init", "dev");
                await run("config", "set", "milvus:address", milvus.address);
                await run("up", "--yes", "--skip-preview");
                await insertRows({ client, collection: "docs", fields: [...fields], keys: int64Keys(1_000) });
                const stored = await readRows({ client, collection: "docs", fields: [...fields] });

                await run("config", "set", "schema", "v2");
                await run("up", "--yes", "--skip-preview");
                const now = await readRows({ client, collection: "docs", fields: [...fields, lang] });
                expectSameKeys(stored, now);
                for (const name of ["vector", "text"]) expectSameColumn(stored, name, now);
                expectEveryCell(now, "lang", "en");
                await run("preview", "--expect-no-changes");

                await run("destroy", "--yes", "--skip-preview");
                expect(await collections()).to.deep.equal([]);
                expect(await describeAlias(client, { database: undefined, alias: "docs" })).to.equal(
                    undefined,
                );
            } finally {
                await project.dispose();
            }
        });
});

/** The workspace with its packages, by a pnpm of its own. */
async function install(): Promise<string> {
    const { tarball } = await packed();
    const folder = await mkdtemp(join(tmpdir(), "pulumi-milvus-workspace-"));
    await writeFile(join(folder, "package.json"), `{ "private": true }`);
    await npm(folder, "install", "--prefer-offline", pnpm);
    const workspace = join(folder, "workspace");
    await cp(example, workspace, { recursive: true });
    const manifest = join(workspace, "packages/documents/package.json");
    const text = await readFile(manifest, "utf8");
    await writeFile(
        manifest,
        text.replace(`"pulumi-milvus": "${version}"`, `"pulumi-milvus": "file:${tarball}"`),
    );
    const command = join(folder, "node_modules/pnpm/bin/pnpm.cjs");
    await promisify(execFile)(process.execPath, [command, "install", "--prefer-offline"], { cwd: workspace });
    return folder;
}
