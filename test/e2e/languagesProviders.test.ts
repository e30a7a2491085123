import { expect } from "chai";

import { describeAlias } from "../../provider/milvus/collection/aliases";
import { listCollections, setProperties } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import type { FieldArguments } from "../support/data/field";
import { readRows } from "../support/data/reader";
import { insertRows } from "../support/data/rows";
import { expectSameColumn, expectSameKeys } from "../support/data/table";
import { type Language, languages, yaml } from "../support/languages/languages";
import { LanguageProject, missingCommand } from "../support/languages/project";
import { LanguageUnavailable } from "../support/languages/pythonSdk";
import { onServers } from "../support/servers/onServers";

const before: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 4 },
    { name: "text", dataType: "VarChar", maxLength: 64 },
];
const after = [...before.slice(0, 2), { ...before[2]!, name: "body", previousName: "text" }];
const properties = { "collection.ttl.seconds": 86_400 };

/** A program on the CLI with rows in its collection, and what a test asks of it. */
interface Deployed {
    project: LanguageProject;
    name: string;
    client: MilvusClient;
    /** Runs `pulumi`, which must succeed. */
    run: (...args: string[]) => Promise<string>;
    up: () => Promise<string>;
    /** The next version of the program has another schema: `up` carries the rows over, as in one run. */
    expectMigration: (declare: (fields: readonly FieldArguments[]) => Promise<void>) => Promise<void>;
}

onServers(
    "programs with two explicit providers in",
    { servers: ["milvus-lite-3.2.2"], fast: [] },
    (server) => {
        let project: LanguageProject | undefined;
        let client: MilvusClient | undefined;
        afterEach(async () => {
            client?.close();
            await project?.dispose();
        });

        async function open(language: Language, name: string): Promise<Deployed> {
            const { address } = server();
            const of = (client = await MilvusClient.connect(Connection.parse({ address })));
            const own = (project = await LanguageProject.make("milvus-test", await language.runtime()));
            await language.install(own);
            const run = async (...args: string[]) => {
                const { ok, text } = await own.pulumi(...args);
                expect(ok, text).to.equal(true);
                return text;
            };
            await run("stack", "init", "dev");
            const up = () => run("up", "--yes", "--skip-preview");
            return {
                ...{ project: own, name, client: of, run, up },
                expectMigration: async (declare) => {
                    await declare(before);
                    await up();
                    const keys = Array.from({ length: 500 }, (_, key) => String(key));
                    await insertRows({ client: of, collection: name, fields: before, keys });
                    const was = await readRows({ client: of, collection: name, fields: before });
                    await declare(after);
                    const said = await up();
                    // All providers belong to one run.
                    expect(said, said)
                        .to.include("1 replaced")
                        .and.not.match(
                            /interrupted|MV304|MV327|warning: (?!using pulumi-resource-milvus from)/,
                        );
                    const now = await readRows({ client: of, collection: name, fields: after });
                    expectSameKeys(was, now);
                    expectSameColumn(was, "text", now, "body");
                    expect(await owned(of, name)).to.have.length(1);
                },
            };
        }

        const owned = async (of: MilvusClient, name: string) =>
            (await listCollections(of, undefined)).filter((one) => one.startsWith(name));

        for (const language of languages)
            it(`${language.name} migrate in one run, show and undo drift`, async function () {
                this.timeout(40 * 60_000);
                if (missingCommand(["pulumi", ...language.needs]) !== undefined) return this.skip();
                const opened = await open(
                    language,
                    `two_${language.name.toLowerCase()}_${process.pid}`,
                ).catch((error: unknown) => {
                    if (!(error instanceof LanguageUnavailable)) throw error;
                    console.log(error.message);
                });
                if (!opened) return this.skip();
                const { name, client, run, up } = opened;
                const { address } = server();
                await opened.expectMigration((fields) =>
                    language.write(opened.project, { name, fields, properties, address }),
                );

                const collection = (await describeAlias(client, { database: undefined, alias: name }))!;
                const drifted = { "collection.ttl.seconds": "60" };
                await setProperties(client, { database: undefined, name: collection }, drifted);
                expect(await run("refresh", "--yes", "--skip-preview", "--diff")).to.match(
                    /collection\.ttl\.seconds\s*: ("?86400"?) => "60"/,
                );
                expect(await run("preview", "--diff")).to.match(/collection\.ttl\.seconds\s*: "60" => /);
                expect(await up()).to.include("1 updated");
                expect(await run("preview", "--expect-no-changes")).to.include("unchanged");
                await run("destroy", "--yes", "--skip-preview");
                expect(await owned(client, name)).to.deep.equal([]);
            });

        for (const [providers, address] of [
            ["explicit", () => server().address],
            ["default", () => undefined],
        ] as const)
            it(`YAML migrate in one run in which the plugin's version changes, with ${providers} providers`, async function () {
                this.timeout(20 * 60_000);
                if (missingCommand(["pulumi", ...yaml.needs]) !== undefined) return this.skip();
                const opened = await open(yaml, `version_${providers}_${process.pid}`);
                const { project, name, client, run } = opened;
                for (const version of ["0.1.0", "0.2.0"]) await project.installPlugin(version);
                await run("config", "set", "milvus:address", server().address);
                const versions = ["0.1.0", "0.2.0"];
                await opened.expectMigration((fields) =>
                    yaml.write(project, {
                        ...{ name, fields, properties, version: versions.shift()! },
                        ...(address() !== undefined && { address: address()! }),
                    }),
                );
                expect(await run("stack", "export")).to.include('"version": "0.2.0"');
                expect(await run("preview", "--expect-no-changes")).to.include("unchanged");
                await run("destroy", "--yes", "--skip-preview");
                expect(await owned(client, name)).to.deep.equal([]);
            });
    },
);
