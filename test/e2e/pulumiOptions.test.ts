import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { countRows } from "../../provider/milvus/rows/rows";
import { engines } from "../../scripts/engine/engines";
import { before, columnsOf } from "../support/data/exampleCollection";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk, openSite, type Site } from "../support/data/site";
import type { Adapter } from "../../scripts/engine/program";
import type { Server, ServerName } from "../support/servers";
import { onServers } from "../support/servers/onServers";

/** What a program of each adapter says differently. */
const adapters: Record<Adapter, { provider: (settings: Settings) => string; isCollection: string }> = {
    dynamic: {
        // The engine gives the stack's configuration to default providers alone.
        provider: ({ address, token }) =>
            `new (class extends pulumi.ProviderResource {
                constructor(name) { super("pulumi-nodejs", name, ${JSON.stringify({ "milvus:address": address, "milvus:token": token })}); }
            })("own")`,
        isCollection: `type === "pulumi-nodejs:dynamic/milvus:Collection"`,
    },
    native: {
        provider: (settings) => `new milvus.Provider("own", ${JSON.stringify(settings)})`,
        isCollection: `type === "milvus:index:Collection"`,
    },
};

interface Settings {
    address: string;
    token: string | undefined;
}

const first: ServerName = "milvus-lite-3.2.2";

/** Options that the test engine does not know: only the real one runs these. */
onServers("options of Pulumi", { needs: ["aliases"], fast: [] }, (server, name) => {
    describe("with a dynamic provider", () => optionsOn(server, "dynamic"));
    if (name === first) describe("with a native provider", () => optionsOn(server, "native"));
});

function optionsOn(server: () => Server, adapter: Adapter) {
    const { provider, isCollection } = adapters[adapter];
    let site: Site;
    beforeEach(async function () {
        const { engine } = (await engines()).find(({ name }) => name === "pulumi")!;
        if (!engine) this.skip();
        site = await openSite(engine, server(), { adapter });
    });
    afterEach(() => site?.close());

    const write = (text: string) =>
        writeFile(
            join(site.dir, "index.js"),
            `const pulumi = require("@pulumi/pulumi");\nconst milvus = require("pulumi-milvus");\n${text}`,
        );
    const schema = (more = "") =>
        `{ ...${JSON.stringify(before)}, migration: { grace: 0 }, fields: [...${JSON.stringify(before.fields)}, ${more}] }`;

    it("take providers of a component, and a transform of the stack", async function () {
        this.timeout(5 * 60_000);
        const { address, token } = site.server;
        await write(`
            class Search extends pulumi.ComponentResource {
                constructor(name, opts) {
                    super("test:index:Search", name, {}, opts);
                    const docs = new milvus.Collection("${site.prefix}docs", ${schema()}, { parent: this });
                    const pages = new milvus.Collection("${site.prefix}pages", ${schema()}, { parent: this, dependsOn: [docs] });
                    new milvus.Alias("docs-live", { name: "${site.prefix}docs_live", collection: docs.collectionName }, { parent: this });
                    new milvus.Alias("pages-live", { name: "${site.prefix}pages_live", collection: pages.collectionName }, { parent: this });
                }
            }
            pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
                ${isCollection} ? { props: { ...props, description: "of the search team" }, opts } : undefined);
            new Search("first", { providers: [${provider({ address, token })}] });`);
        expectOk(await site.stack.up());
        const { resources } = await site.state();
        const collections = resources.filter(({ type }) => /milvus:(index:)?Collection$/.test(type));
        expect(collections.map(({ inputs }) => inputs!.description)).to.deep.equal(
            Array(2).fill("of the search team"),
        );
        expectOk(await site.stack.destroy());
        expect(await site.collections()).to.deep.equal([]);
    });

    it("let a beforeUpdate hook stop an alias, and the next up carries over what was written since", async function () {
        this.timeout(5 * 60_000);
        const text = (more: string, check: string) => `
            const docs = new milvus.Collection("${site.prefix}docs", ${schema(more)});
            const check = new pulumi.ResourceHook("check", () => { ${check} });
            new milvus.Alias("live", { name: "${site.prefix}live", collection: docs.collectionName }, { hooks: { beforeUpdate: [check] } });`;
        await write(text("", ""));
        expectOk(await site.stack.up());
        const [old] = await site.collections();
        const all = int64Keys(20);
        const insert = (keys: string[]) =>
            insertRows({ ...site, collection: old!, fields: columnsOf(before), keys });
        await insert(all.slice(0, 10));
        const field = `{ name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" }`;
        await write(text(field, `throw new Error("recall is below 0.9")`));
        expectFailure(await site.stack.up(), "recall is below 0.9");
        expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(old);
        await insert(all.slice(10));
        await write(text(field, ""));
        expectOk(await site.stack.up());
        const [successor, ...others] = await site.collections();
        expect(others).to.deep.equal([]);
        expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(successor);
        expect(await countRows(site.client, { database: undefined, name: successor! })).to.equal(20);
    });
}
