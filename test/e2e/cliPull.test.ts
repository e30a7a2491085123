import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";
import { check } from "prettier";

import { createAlias, dropAlias } from "../../provider/milvus/collection/aliases";
import { dropCollection, listCollections } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import { observeMarker } from "../../provider/observe/collection";
import { runCommand } from "../support/cli/testIo";
import { installPackage, LanguageProject, missingCommand } from "../support/languages/project";
import type { ServerName } from "../support/servers";
import { onServers } from "../support/servers/onServers";
import { environment } from "../support/servers/python";

const run = promisify(execFile);
const scripts = join(__dirname, "../support/languages");

/** Shapes that a server cannot have. */
const without: Partial<Record<ServerName, { twenty: string[]; applications: string[] }>> = {
    "milvus-2.3.5": {
        twenty: ["nullable", "two_vectors", "sparse", "full_text"],
        applications: [
            ...["langchain_hybrid", "llama_hybrid", "haystack_sparse", "dify_hybrid", "mem0"],
            // An INVERTED index came with 2.4.
            "open_webui_knowledge",
            ...["lightrag_entities", "lightrag_relationships", "lightrag_chunks"],
        ],
    },
};

const servers: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5"];
const languages = ["typescript", "yaml"] as const;

onServers("`pulumi-milvus pull`", { servers, fast: [] }, (server, serverName) => {
    for (const language of languages)
        it(`writes a program in ${language} that changes nothing but the ownership markers`, async function () {
            this.timeout(30 * 60_000);
            const plugin = language === "yaml" ? "pulumi-language-yaml" : "pulumi-language-nodejs";
            if (missingCommand(["pulumi", plugin]) !== undefined) return this.skip();
            const { address } = server();
            const prefix = `pul${process.pid}${language[0]!}_`;
            const { twenty = [], applications = [] } = without[serverName] ?? {};
            // Any server is asked by the same pymilvus.
            const interpreter = join(await environment("milvus-lite-3.2.2"), "bin/python");
            const python = async (script: string, ...args: string[]) =>
                (await run(interpreter, [join(scripts, script), address, prefix, ...args])).stdout;
            const look = async () => JSON.parse(await python("rowsOfShapes.py", "look")) as Looks;
            const client = await MilvusClient.connect(Connection.parse({ address }));
            const own = async () =>
                (await listCollections(client, undefined)).filter((one) => one.startsWith(prefix)).sort();
            const aliases = [`${prefix}live`, `${prefix}class`];
            const parent = await mkdtemp(join(tmpdir(), "pulumi-pull-"));
            const folder = join(parent, "pulled");
            let project: LanguageProject | undefined;
            try {
                await python("twentyShapes.py", ...twenty);
                await python("applicationShapes.py", ...applications);
                for (const alias of aliases)
                    await createAlias(client, { database: undefined, alias }, `${prefix}plain`);
                await python("rowsOfShapes.py", "fill");
                const names = await own();
                expect(names.length).to.equal(40 - twenty.length - applications.length);
                const before = await look();

                const pulled = await runCommand(
                    ["pull", "--address", address, "--language", language, "--out", folder, "--json"].concat(
                        "--collection",
                        names,
                    ),
                );
                expect(pulled.code, pulled.out + pulled.err).to.equal(0);
                const resources = names.length + aliases.length;
                expect(pulled.json().at(-1))
                    .to.have.property("result")
                    .that.deep.includes({
                        findings: [],
                        secrets: [],
                        resources: { Collection: names.length, Alias: aliases.length },
                    });
                await expectFormatted(folder);
                expectUnchanged(await look(), before);

                project = await LanguageProject.in(folder, "pulled");
                const pulumi = async (...args: string[]) => {
                    const { ok, text } = await project!.pulumi(...args);
                    expect(ok, text).to.equal(true);
                    return text;
                };
                if (language === "typescript") await installPackage(project);
                await pulumi("stack", "init", "dev");
                await pulumi("config", "set", "milvus:address", address);
                const first = await pulumi("up", "--yes", "--skip-preview");
                expect(first)
                    .to.include(`${resources + 1} created`)
                    .and.to.not.include("MV303");
                expectUnchanged(await look(), before);
                for (const name of names) {
                    const { marker } = await observeMarker(client, { database: undefined, name });
                    expect(marker?.owner, name).to.equal(`pulled/dev/${name}`);
                }
                const again = await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
                expect(again).to.include(`${resources + 1} unchanged`);
                await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
                expectUnchanged(await look(), before);

                // They belong to the stack now.
                const taken = await runCommand(
                    ["pull", "--address", address, "--out", join(parent, "again"), "--collection"].concat(
                        names,
                    ),
                );
                expect(taken.code).to.equal(1);
                expect(taken.out).to.include(`it belongs to pulled/dev/${names[0]!}`).and.include("[MV542]");
                expect(taken.err).to.include("[MV547]");
            } finally {
                for (const alias of aliases) await dropAlias(client, { database: undefined, alias });
                for (const name of await own()) await dropCollection(client, { database: undefined, name });
                client.close();
                await project?.dispose();
                await rm(parent, { recursive: true, force: true });
            }
        });
});

async function expectFormatted(folder: string): Promise<void> {
    for (const name of (await readdir(folder)).filter((one) => !one.startsWith("."))) {
        const text = await readFile(join(folder, name), "utf8");
        expect(await check(text, { filepath: name }), `${name}:\n${text}`).to.equal(true);
    }
}

/** What the server says of each collection, by its name and the part of it. */
type Looks = Record<string, Record<string, unknown>>;

/** Part by part, because a difference of forty collections at once is cut off before it is told. */
function expectUnchanged(now: Looks, before: Looks): void {
    expect(Object.keys(now)).to.deep.equal(Object.keys(before));
    for (const [name, parts] of Object.entries(before))
        for (const [part, value] of Object.entries(parts))
            expect(now[name]![part], `${name}: ${part}`).to.deep.equal(value);
}
