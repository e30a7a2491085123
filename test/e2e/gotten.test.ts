import { expect } from "chai";

import { createAlias, dropAlias } from "../../provider/milvus/collection/aliases";
import {
    createCollection,
    dropCollection,
    listCollections,
} from "../../provider/milvus/collection/collections";
import { createIndex } from "../../provider/milvus/collection/indexes";
import { loadCollection } from "../../provider/milvus/collection/loading";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import { parseCollection } from "../../provider/inputs/parse";
import type { FieldArguments } from "../support/data/field";
import { typescript } from "../support/languages/languages";
import { LanguageProject, missingCommand } from "../support/languages/project";
import { onServers } from "../support/servers/onServers";
import { collectionOf } from "../support/traffic/rows";

const fields: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 4 },
];

onServers("`.get()` in TypeScript", { servers: ["milvus-lite-3.2.2"], fast: [] }, (server) => {
    it("tells of a Collection and an Alias that no stack has, changes nothing, and refuses a managed one", async function () {
        this.timeout(20 * 60_000);
        if (missingCommand(["pulumi", ...typescript.needs]) !== undefined) return this.skip();
        const prefix = `got${process.pid}_`;
        const [name, alias, managed] = [`${prefix}docs`, `${prefix}live`, `${prefix}managed`];
        const client = await MilvusClient.connect(Connection.parse({ address: server().address }));
        const own = async () =>
            (await listCollections(client, undefined)).filter((one) => one.startsWith(prefix));
        const project = await LanguageProject.make("gotten", await typescript.runtime());
        const run = async (...args: string[]) => {
            const { ok, text } = await project.pulumi(...args);
            expect(ok, text).to.equal(true);
            return text;
        };
        const up = () => run("up", "--yes", "--skip-preview");
        const args = JSON.stringify({ ...collectionOf(64), name: managed });
        const write = (text: string) =>
            project.write("index.ts", `import * as milvus from "@pulumi-milvus/milvus";\n${text}\n`);
        const got = `
            const docs = milvus.Collection.get("docs", "${name}");
            const live = milvus.Alias.get("live", "${alias}");
            export const collection = docs.collectionName;
            export const fields = docs.fields.apply((all) => all.map(({ name }) => name).join(" "));
            export const target = live.collection;`;
        try {
            await typescript.install(project);
            await run("stack", "init", "dev");
            await run("config", "set", "milvus:address", server().address);
            await write(`new milvus.Collection("managed", ${args});`);
            await up();
            const { spec } = parseCollection({ fields });
            const ref = { database: undefined, name };
            await createCollection(client, ref, spec!, {});
            await createIndex(client, ref, spec!.indexes[0]!);
            await loadCollection(client, ref, { replicas: 1, resourceGroups: [] });
            await createAlias(client, { database: undefined, alias }, name);

            await write(`new milvus.Collection("managed", ${args});${got}`);
            await up();
            const output = async (of: string) => (await run("stack", "output", of)).trim();
            expect(await output("collection")).to.equal(name);
            expect(await output("fields")).to.equal(fields.map((field) => field.name).join(" "));
            expect(await output("target")).to.equal(name);
            expect(await run("preview", "--expect-no-changes")).to.include("unchanged");
            await run("refresh", "--yes", "--skip-preview", "--expect-no-changes");

            await write(`milvus.Collection.get("theirs", "${managed}");`);
            const refused = await project.pulumi("preview");
            expect(refused.ok, refused.text).to.equal(false);
            expect(refused.text).to.include("[MV333]");

            await run("destroy", "--yes", "--skip-preview");
            // What a program only reads is not its own.
            expect(await own()).to.deep.equal([name]);
        } finally {
            await dropAlias(client, { database: undefined, alias });
            for (const one of await own()) await dropCollection(client, { database: undefined, name: one });
            client.close();
            await project.dispose();
        }
    });
});
