import { expect } from "chai";

import { describeAlias } from "../../provider/milvus/collection/aliases";
import { listCollections, setProperties } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import type { FieldArguments } from "../support/data/field";
import { readRows } from "../support/data/reader";
import { insertRows } from "../support/data/rows";
import { expectSameColumn, expectSameKeys } from "../support/data/table";
import { LanguageProject, missingCommand } from "../support/languages/project";
import { onServers } from "../support/servers/onServers";

const before: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 4 },
    { name: "text", dataType: "VarChar", maxLength: 64 },
];
const after = [...before.slice(0, 2), { ...before[2]!, name: "body", previousName: "text" }];

/** Collection and alias on an explicit provider each, whose processes know nothing of each other. */
const program = (name: string, address: string, fields: readonly FieldArguments[]) => `name: providers
runtime: yaml
resources:
  first: { type: "pulumi:providers:milvus", properties: { address: "${address}" } }
  second: { type: "pulumi:providers:milvus", properties: { address: "${address}" } }
  docs:
    type: milvus:Collection
    name: ${name}
    properties:
      fields: ${JSON.stringify(fields)}
      properties: { collection.ttl.seconds: 86400 }
      migration: { grace: 0 }
    options: { provider: "\${first}" }
  live:
    type: milvus:Alias
    properties: { name: ${name}, collection: "\${docs.collectionName}" }
    options: { provider: "\${second}" }
`;

onServers(
    "a YAML program with two explicit providers",
    { servers: ["milvus-lite-3.2.2"], fast: [] },
    (server) => {
        it("migrates in one run, shows and undoes drift", async function () {
            this.timeout(20 * 60_000);
            if (missingCommand(["pulumi", "pulumi-language-yaml"]) !== undefined) return this.skip();
            const { address } = server();
            const name = `two${process.pid}`;
            const client = await MilvusClient.connect(Connection.parse({ address }));
            const project = await LanguageProject.make("providers", "yaml");
            const run = async (...args: string[]) => {
                const { ok, text } = await project.pulumi(...args);
                expect(ok, text).to.equal(true);
                return text;
            };
            const target = () => describeAlias(client, { database: undefined, alias: name });
            const up = () => run("up", "--yes", "--skip-preview");
            try {
                await project.write("Pulumi.yaml", program(name, address, before));
                await run("stack", "init", "dev");
                await up();
                const keys = Array.from({ length: 500 }, (_, key) => String(key));
                await insertRows({ client, collection: name, fields: before, keys });
                const was = await readRows({ client, collection: name, fields: before });

                await project.write("Pulumi.yaml", program(name, address, after));
                const said = await up();
                // Both providers belong to one run.
                expect(said)
                    .to.include("1 replaced")
                    .and.not.match(/interrupted|MV304|MV327/);
                const now = await readRows({ client, collection: name, fields: after });
                expectSameKeys(was, now);
                expectSameColumn(was, "text", now, "body");

                const collection = (await target())!;
                const drifted = { "collection.ttl.seconds": "60" };
                await setProperties(client, { database: undefined, name: collection }, drifted);
                expect(await run("refresh", "--yes", "--skip-preview", "--diff")).to.match(
                    /collection\.ttl\.seconds\s*: ("?86400"?) => "60"/,
                );
                expect(await run("preview", "--diff")).to.match(/collection\.ttl\.seconds\s*: "60" => /);
                expect(await up()).to.include("1 updated");
                expect(await run("preview", "--expect-no-changes")).to.include("unchanged");
                await run("destroy", "--yes", "--skip-preview");
                expect(
                    (await listCollections(client, undefined)).filter((one) => one.startsWith(name)),
                ).to.deep.equal([]);
            } finally {
                client.close();
                await project.dispose();
            }
        });
    },
);
