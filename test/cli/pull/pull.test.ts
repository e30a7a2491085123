import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { status } from "@grpc/grpc-js";
import { expect } from "chai";
import { check } from "prettier";

import { writeFiles } from "../../../cli/pull/write/folder";
import { lives } from "../../../provider/lives";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import type { Props } from "../../../provider/resource/session/props";
import { failure } from "../../fake/failure";
import { create, open } from "../../fake/open";
import { server } from "../../../provider/resource/context/context";
import { contextOf } from "../../resource/context/contextOf";
import { runCommand } from "../../support/cli/testIo";
import type { FakeMilvus } from "../../support/fake";
import { type Evaluated, evaluateTypescript, evaluateYaml } from "./evaluate";
import { fill, password, pull } from "./stage";

/** Calls that change something. */
const isChange = (call: string) => !/^(Describe|Get|Show|List|Select|Has|Connect|Check)/.test(call);

describe("`pulumi-milvus pull` (fake)", function () {
    this.timeout(5 * 60_000);

    for (const version of ["2.3.5", "2.5.16", "2.6.18", "3.0.0"])
        it(`writes a program whose first up changes nothing but the ownership markers, on ${version}`, async () => {
            const { client, fake } = await open(version, { pending: 0 });
            await fill(client, version !== "2.3.5");
            const before = snapshot(fake);
            const inTypescript = await pull(fake.address);
            const inYaml = await pull(fake.address, "--language", "yaml");
            expect([inTypescript.code, inYaml.code], inTypescript.err + inYaml.err).to.deep.equal([0, 0]);
            expect(snapshot(fake)).to.equal(before);

            const resources = evaluateTypescript(await inTypescript.text("index.ts"));
            expect(evaluateYaml(await inYaml.text("Pulumi.yaml"))).to.deep.equal(resources);
            const said: string[] = [];
            const context = contextOf(fake.address, said);
            // It tries calls that no server carries out.
            await server(context, {});
            const pulled = fake.calls.length;
            for (const one of resources) {
                const { failures } = await lives[one.type]!(context).check(undefined, propsOf(one));
                expect(failures, one.logicalName).to.deep.equal([]);
                await lives[one.type]!(context).create(propsOf(one));
            }
            expect(said).to.deep.equal([
                "docs: docs is adopted as it is",
                "library_class: class is adopted as it is",
            ]);
            expect(fake.calls.slice(pulled).filter(isChange)).to.deep.equal(
                // Milvus before 2.3.6 forgets the last one.
                Array<string>(version === "2.3.5" ? 4 : 2).fill("AlterCollection"),
            );
            expect(snapshot(fake)).to.equal(before);
            for (const { name, properties } of fake.collections())
                expect(
                    [...properties.keys()].filter((key) => key.startsWith("pulumi.")).length,
                    name,
                ).to.equal(3);
        });

    it("refers to outputs, and reads passwords from the configuration", async () => {
        const { client, fake } = await open("2.6.18", { pending: 0 });
        await fill(client, true);
        const { text, out } = await pull(fake.address);
        expect(await text("index.ts")).to.equal(expectedProgram(fake.address));
        expect(await text("README.md"))
            .to.include("pulumi config set --secret alicePassword")
            // The server that the header of the program names, and no other one.
            .and.include(`pulumi config set milvus:address ${fake.address}\n`)
            .and.not.include("milvus:ssl");
        expect(out).to.match(
            /^Wrote Pulumi\.yaml, .*: 1 Database, 1 ResourceGroup, 2 Collections, 2 Aliases, 1 PrivilegeGroup, 2 Roles, 6 Grants, 2 Users\.\nThe next steps are in .*README\.md\.\n$/,
        );
    });

    it("writes files that are formatted, without a password, for a package of this version", async () => {
        const { client, fake } = await open("2.6.18", { pending: 0 });
        await fill(client, true);
        for (const language of ["typescript", "yaml"]) {
            const { folder, out, text } = await pull(fake.address, "--language", language);
            expect(out).to.not.include(password);
            for (const name of (await readdir(folder)).filter((one) => !one.startsWith("."))) {
                expect(await check(await text(name), { filepath: name }), await text(name)).to.equal(true);
                expect(await text(name)).to.not.include(password);
            }
        }
        const { text } = await pull(fake.address);
        const own = JSON.parse(await readFile("package.json", "utf8")) as {
            version: string;
            peerDependencies: Record<string, string>;
        };
        const made = JSON.parse(await text("package.json")) as { dependencies: Record<string, string> };
        expect(made.dependencies).to.deep.equal({
            "@pulumi/pulumi": own.peerDependencies["@pulumi/pulumi"],
            "pulumi-milvus": `^${own.version}`,
        });
    });

    it("declares only what is asked for, by its name, with its database, or by an alias", async () => {
        const { client, fake } = await open("2.6.18", { pending: 0 });
        await fill(client, true);
        const names = async (...argv: string[]) =>
            evaluateTypescript(await (await pull(fake.address, ...argv)).text("index.ts")).map(
                ({ type, logicalName }) => `${type} ${logicalName}`,
            );
        expect(await names("--collection", "docs")).to.deep.equal(["Collection docs", "Alias live"]);
        expect(await names("--collection", "live", "library/class")).to.deep.equal([
            ...["Collection docs", "Collection library_class", "Alias live", "Alias library_books"],
        ]);
        expect(await names("--database", "library")).to.deep.equal([
            ...["Database library", "Collection library_class", "Alias library_books"],
        ]);
        const missing = await pull(fake.address, "--collection", "doc");
        expect(missing.err).to.match(
            /--collection: .* has no collection doc\. Did you mean "docs"\? \[MV541\]/,
        );
        expect((await pull(fake.address, "--database", "nowhere")).err).to.match(/--database: .*\[MV541\]/);
    });

    it("names the default database where the connection has another one", async () => {
        const { client, fake } = await open("2.6.18", { pending: 0 });
        await fill(client, true);
        const folder = await mkdtemp(join(tmpdir(), "pull-"));
        try {
            const environment = { MILVUS_ADDRESS: fake.address, MILVUS_DATABASE: "library" };
            await runCommand(["pull", "--out", folder], { environment });
            const program = evaluateTypescript(await readFile(join(folder, "index.ts"), "utf8"));
            const databases = program
                .map(({ inputs }) => inputs["database"])
                .filter((one) => one !== undefined);
            expect(databases.filter((one) => one === "default")).to.have.length(6);
        } finally {
            await rm(folder, { recursive: true });
        }
    });

    it("leaves out what belongs to a stack, what it cannot declare, and what the user may not read", async () => {
        const { client, fake } = await open("2.6.18", { pending: 0 });
        await fill(client, true);
        const [docs, inLibrary] = fake.collections();
        const marker = { owner: "a/b/docs", generation: "0123456", from: undefined, state: "live" as const };
        for (const [key, value] of Object.entries(markerProperties(marker))) docs!.properties.set(key, value);
        inLibrary!.schema.fields[1]!.name = "not a name */ \u2028";
        fake.failNext("SelectUser", { grpc: status.PERMISSION_DENIED, details: "permission denied" });
        const { text, out } = await pull(fake.address);
        const program = await text("index.ts");
        expect(evaluateTypescript(program).map(({ type }) => type)).to.not.include.members(["Collection"]);
        expect(out).to.match(/warning: collection docs: left out, it belongs to a\/b\/docs\..*\[MV542\]/);
        expect(out).to.match(/warning: collection library\/class: left out, .*MV007.*\[MV543\]/);
        expect(out).to.match(/warning: users: left out, this user may not read them .*\[MV545\]/);
        expect(program).to.include("\n// Not in this program:\n// collection docs: left out");
        expect(program.replaceAll("\n// ", " ")).to.include("not a name */ \\u2028");
        expect(await text("README.md")).to.include("## Not in the program");
    });

    it("tells what no argument declares, in the program, too", async () => {
        const { client, fake } = await open("3.0.0", { pending: 0 });
        await fill(client, true);
        const [docs] = fake.collections();
        docs!.schema.external_source = "s3://bucket/docs";
        docs!.schema.enable_namespace = true;
        docs!.snapshots.push("monday");
        const { text, out, code } = await pull(fake.address);
        expect(code).to.equal(0);
        for (const part of ["files outside of Milvus", "namespaces", "snapshots (monday)"]) {
            expect(out).to.include(part);
            expect((await text("index.ts")).replaceAll("\n// ", " ")).to.include(part);
        }
        expect(out.match(/\[MV544\]/g)).to.have.length(3);
    });

    it("never writes a key of a parameter into the program", async () => {
        const { client, fake } = await open("2.6.18", { pending: 0 });
        await create(client, "docs", {
            properties: { "vault.apiKey": password, endpoint: "https://a:b@c/" },
        });
        const { text, out } = await pull(fake.address, "--json");
        expect(out).to.not.include(password).and.to.not.include("a:b@");
        const program = await text("index.ts");
        expect(program).to.include('"vault.apiKey": config.requireSecret("docsVaultApiKey")');
        expect(program).to.include('endpoint: config.requireSecret("docsEndpoint")');
        expect(out).to.include("[MV548]");
    });

    it("refuses a folder with files, and writes nothing where it cannot write all", async () => {
        const { client, fake } = await open("2.6.18", { pending: 0 });
        const folder = await mkdtemp(join(tmpdir(), "pull-"));
        const argv = (out: string) => ["pull", "--address", fake.address, "--out", out];
        try {
            expect((await runCommand(argv(folder))).err).to.match(/has nothing .*\[MV547\]/);
            await create(client, "docs");
            await writeFile(join(folder, "notes.txt"), "mine");
            const refused = await runCommand(argv(folder));
            expect(refused.err).to.match(/holds files already \(notes\.txt\).*\[MV540\]/);
            expect((await runCommand(argv(join(folder, "notes.txt")))).err).to.match(
                /\(ENOTDIR\).*\[MV540\]/,
            );
            expect((await runCommand(argv(join(folder, "notes.txt/in")))).err).to.match(/\[MV540\]/);
            expect(await readdir(folder)).to.deep.equal(["notes.txt"]);
            expect(await readFile(join(folder, "notes.txt"), "utf8")).to.equal("mine");
            const files = new Map([
                ["index.ts", ""],
                ["notes.txt", "ours"],
            ]);
            const late = await failure(writeFiles(folder, files));
            expect(late.message).to.match(/notes\.txt cannot be written \(EEXIST\).*\[MV546\]$/);
            expect(await readdir(folder)).to.deep.equal(["notes.txt"]);
        } finally {
            await rm(folder, { recursive: true });
        }
    });
});

/** What the server has, without the properties of the provider. */
const snapshot = (fake: FakeMilvus): string =>
    JSON.stringify([fake.collections(), fake.grants()], (key, value: unknown) => {
        // A query of the state, and a change of a property, are counted.
        if (/^(loadPending|pending|flushPending|schemaPending|changed|schemaVersion)$/.test(key))
            return undefined;
        if (typeof value === "bigint") return String(value);
        if (!(value instanceof Map)) return value;
        return [...(value as Map<string, unknown>)].filter(([name]) => !name.startsWith("pulumi."));
    });

/** As the engine passes them, with the passwords that the server has. */
function propsOf({ logicalName, inputs, type }: Evaluated): Props {
    return {
        ...inputs,
        ...(type === "User" && { password }),
        __owner: `shop/dev/${logicalName}`,
        __logicalName: logicalName,
    };
}

const expectedProgram = (address: string) => `// Pulled from milvus 2.6.18 at ${address}.
import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

const config = new pulumi.Config();

const library = new milvus.Database("library", {
  properties: { "database.max.collections": "7" },
  adopt: true,
});

new milvus.ResourceGroup("heavy", { limits: 2, adopt: true });

const docs = new milvus.Collection("docs", {
  name: "docs",
  description: "Documents",
  fields: [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 2 },
  ],
  indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
  adopt: true,
});

const libraryClass = new milvus.Collection("library_class", {
  name: "class",
  database: library.name,
  fields: [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 2 },
  ],
  enableDynamicField: true,
  load: false,
  adopt: true,
});

const live = new milvus.Alias("live", { collection: docs.collectionName });

new milvus.Alias("library_books", {
  name: "books",
  database: library.name,
  collection: libraryClass.collectionName,
});

const ingest = new milvus.PrivilegeGroup("ingest", {
  privileges: ["Insert", "Upsert"],
  adopt: true,
});

const reader = new milvus.Role("reader", { adopt: true });

const writer = new milvus.Role("writer", { adopt: true });

new milvus.Grant("reader_docs", {
  role: reader.name,
  collection: docs.collectionName,
  privileges: ["Search"],
  adopt: true,
});

new milvus.Grant("reader_live", {
  role: reader.name,
  collection: live.name,
  privileges: ["Query"],
  adopt: true,
});

new milvus.Grant("reader_library_all", {
  role: reader.name,
  database: library.name,
  privileges: ["Query"],
  adopt: true,
});

new milvus.Grant("writer_docs", {
  role: writer.name,
  collection: docs.collectionName,
  privilegeGroups: [ingest.name],
  adopt: true,
});

new milvus.Grant("writer_nowhere", {
  role: writer.name,
  collection: "nowhere",
  privileges: ["Insert"],
  adopt: true,
});

new milvus.Grant("writer_library_class", {
  role: writer.name,
  database: library.name,
  collection: libraryClass.collectionName,
  privileges: ["Insert"],
  adopt: true,
});

new milvus.User("alice", {
  password: config.requireSecret("alicePassword"),
  roles: ["admin", reader.name],
  adopt: true,
});

new milvus.User("bob", {
  password: config.requireSecret("bobPassword"),
  adopt: true,
});
`;
