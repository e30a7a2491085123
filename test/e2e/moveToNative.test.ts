import { expect } from "chai";

import { describeAlias } from "../../provider/milvus/collection/aliases";
import { listCollections } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import type { FieldArguments } from "../support/data/field";
import { readRows } from "../support/data/reader";
import { insertRows } from "../support/data/rows";
import { expectSameColumn, expectSameKeys, type Table } from "../support/data/table";
import { makeProgram } from "../../scripts/engine/program";
import { nodeSdk } from "../support/languages/nodeSdk";
import { LanguageProject, missingCommand } from "../support/languages/project";
import { onServers } from "../support/servers/onServers";

const id: FieldArguments = { name: "id", dataType: "Int64", isPrimaryKey: true };
const vector: FieldArguments = { name: "vector", dataType: "FloatVector", dim: 4 };
const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 64 };
const before = [id, vector, text];
const after = [id, vector, { ...text, name: "body", previousName: "text" }];

/** Five collections, three aliases, and a component that holds some of them; one collection has a name of its own. */
const program = (sdk: string, prefix: string, fields: readonly FieldArguments[]) => `
const pulumi = require("@pulumi/pulumi");
const milvus = require("${sdk}");
const args = { fields: ${JSON.stringify(fields)}, migration: { grace: 0 } };
class Search extends pulumi.ComponentResource {
    constructor(name, opts) {
        super("test:index:Search", name, {}, opts);
        for (const one of ["a", "b"]) {
            const made = new milvus.Collection("${prefix}" + name + one, args, { parent: this });
            new milvus.Alias("${prefix}" + name + one + "_live", { collection: made.collectionName }, { parent: this });
        }
        this.registerOutputs({});
    }
}
new Search("in");
const one = new milvus.Collection("${prefix}one", args);
new milvus.Alias("${prefix}one_live", { collection: one.collectionName });
new milvus.Collection("${prefix}two", args);
new milvus.Collection("${prefix}named", { ...args, name: "${prefix}own_name" });
`;

onServers(
    "a stack of dynamic resources",
    { needs: ["aliases", "rename", "properties"], fast: [] },
    (server) => {
        it("moves to the native provider with its rows, then migrates them", async function () {
            this.timeout(30 * 60_000);
            if (missingCommand(["pulumi", "pulumi-language-nodejs"]) !== undefined) return this.skip();
            const prefix = `mv${process.pid}_`;
            const client = await MilvusClient.connect(
                Connection.parse({ address: server().address, token: server().token }),
            );
            const dynamic = await makeProgram({ files: {}, project: "moved" });
            const project = await LanguageProject.in(dynamic.dir, "moved");
            const run = async (...args: string[]) => {
                const { ok, text: said } = await project.pulumi(...args);
                expect(ok, said).to.equal(true);
                return said;
            };
            const own = async () =>
                (await listCollections(client, undefined)).filter((one) => one.startsWith(prefix)).sort();
            const read = async (fields: FieldArguments[]) =>
                Promise.all((await own()).map((collection) => readRows({ client, collection, fields })));
            try {
                await project.write("index.js", program("pulumi-milvus", prefix, before));
                await run("stack", "init", "dev");
                await run("config", "set", "milvus:address", server().address);
                if (server().token !== undefined)
                    await run("config", "set", "--secret", "milvus:token", server().token!);
                await run("up", "--yes", "--skip-preview");
                const names = await own();
                expect(names).to.have.length(5);
                const keys = Array.from({ length: 300 }, (_, key) => String(key));
                for (const [at, collection] of names.entries())
                    await insertRows({ client, collection, fields: before, keys, seed: at });
                const was = await read(before);

                await project.link("@pulumi-milvus/milvus", await nodeSdk());
                await project.write("index.js", program("@pulumi-milvus/milvus", prefix, after));
                const both = await project.pulumi("up", "--yes", "--skip-preview");
                expect(both.ok, both.text).to.equal(false);
                expect(both.text).to.include("[MV393]");
                expect(await own()).to.deep.equal(names);

                await project.write("index.js", program("@pulumi-milvus/milvus", prefix, before));
                const moved = await run("up", "--yes", "--skip-preview");
                expect(moved).to.not.match(/\d+ (replaced|created|deleted)/);
                expect(await own()).to.deep.equal(names);
                expectSame(was, await read(before), "text");
                expect(await run("preview", "--expect-no-changes")).to.include("unchanged");
                expect(await run("stack", "export")).to.not.include("pulumi-nodejs:dynamic");

                await project.write("index.js", program("@pulumi-milvus/milvus", prefix, after));
                await run("up", "--yes", "--skip-preview");
                const now = await own();
                // The named one keeps its name.
                expect(now.filter((name) => names.includes(name))).to.deep.equal([`${prefix}own_name`]);
                expectSame(was, await read(after), "body");
                for (const alias of ["ina", "inb", "one"])
                    expect(now, alias).to.include(
                        await describeAlias(client, { database: undefined, alias: `${prefix}${alias}_live` }),
                    );
                await run("destroy", "--yes", "--skip-preview");
                expect(await own()).to.deep.equal([]);
            } finally {
                client.close();
                await project.dispose();
            }
        });
    },
);

/** Collections sorted by name: the generations of a resource have its logical name before them. */
function expectSame(was: Table[], now: Table[], text: string): void {
    expect(now).to.have.length(was.length);
    for (const [at, table] of was.entries()) {
        expectSameKeys(table, now[at]!);
        expectSameColumn(table, "vector", now[at]!);
        expectSameColumn(table, "text", now[at]!, text);
    }
}
