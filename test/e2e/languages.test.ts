import { expect } from "chai";

import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import { describeAlias } from "../../provider/milvus/collection/aliases";
import { listCollections } from "../../provider/milvus/collection/collections";
import type { FieldArguments } from "../support/data/field";
import { readRows } from "../support/data/reader";
import { insertRows } from "../support/data/rows";
import { expectEveryCell, expectSameColumn, expectSameKeys } from "../support/data/table";
import { languages } from "../support/languages/languages";
import { LanguageProject, missingCommand } from "../support/languages/project";
import { LanguageUnavailable } from "../support/languages/pythonSdk";
import type { ServerName } from "../support/servers";
import { onServers } from "../support/servers/onServers";

const rows = 10_000;
const id: FieldArguments = { name: "id", dataType: "Int64", isPrimaryKey: true };
const vector: FieldArguments = { name: "vector", dataType: "FloatVector", dim: 8 };
const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 512 };
const page: FieldArguments = { name: "page_num", dataType: "Int32" };
const declared = [id, vector, text, page];
const after: FieldArguments[] = [
    id,
    vector,
    text,
    { name: "page", dataType: "Int32", previousName: "page_num" },
    { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" },
];

/** As the look-up of the server names it. */
const said: Partial<Record<ServerName, string>> = {
    "milvus-lite-3.2.2": "milvus-lite 3.2.2",
    "milvus-2.3.5": "milvus 2.3.5",
};

onServers("programs in", { servers: Object.keys(said) as ServerName[], fast: [] }, (server, serverName) => {
    for (const { name: language, needs, runtime, install, write } of languages)
        describe(language, function () {
            // Go compiles all of Pulumi's SDK the first time.
            this.timeout(40 * 60_000);
            let project: LanguageProject | undefined;
            let client: MilvusClient;
            before(function () {
                const missing = missingCommand(["pulumi", ...needs]);
                if (missing === undefined) return;
                console.log(`${missing} is not on PATH: no programs in ${language}`);
                this.skip();
            });
            afterEach(async () => {
                client?.close();
                await project?.dispose();
            });

            async function open(name: string): Promise<LanguageProject> {
                client = await MilvusClient.connect(Connection.parse({ address: server().address }));
                project = await LanguageProject.make(name, await runtime());
                await install(project);
                return project;
            }
            const run = async (...args: string[]) => {
                const { ok, text: said } = await project!.pulumi(...args);
                expect(ok, said).to.equal(true);
                return said;
            };

            it("create, change nothing, migrate rows and destroy", async function () {
                const name = `lang_${language.toLowerCase()}_${process.pid}`;
                try {
                    await open(name);
                } catch (error) {
                    if (!(error instanceof LanguageUnavailable)) throw error;
                    console.log(error.message);
                    return this.skip();
                }
                await write(project!, { name, fields: declared });
                await run("stack", "init", "dev");
                await run("config", "set", "milvus:address", server().address);
                await run("up", "--yes", "--skip-preview");
                const own = async () =>
                    (await listCollections(client, undefined)).filter((one) => one.startsWith(name));
                const [first] = await own();
                expect(await run("preview", "--expect-no-changes")).to.include("unchanged");
                const keys = Array.from({ length: rows }, (_, key) => String(key));
                await insertRows({ client, collection: name, fields: declared, keys });
                const was = await readRows({ client, collection: name, fields: declared });

                await write(project!, { name, fields: after });
                const diff = await run("preview", "--diff");
                if (process.env["SHOW_DIFF"]) console.log(diff);
                expect(diff).to.match(/name\s*: "page_num" => "page"/);
                expect(diff).to.include("migrate 10,000 rows to a new collection, then cut over");
                await run("up", "--yes", "--skip-preview");
                const now = await readRows({ client, collection: name, fields: after });
                expectSameKeys(was, now);
                for (const same of ["vector", "text"]) expectSameColumn(was, same, now);
                expectSameColumn(was, "page_num", now, "page");
                expectEveryCell(now, "lang", "en");
                expect(await run("preview", "--expect-no-changes")).to.include("unchanged");
                expect(await own())
                    .to.have.length(1)
                    .and.not.include(first);
                expect(await run("stack", "output", "server")).to.include(said[serverName]);
                expect(await describeAlias(client, { database: undefined, alias: name })).to.be.a("string");
                await run("destroy", "--yes", "--skip-preview");
                expect(await own()).to.deep.equal([]);
            });
        });
});
