import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { args, id, none, openNative, text, vector, wider } from "./nativeSite";

describe("another version of the plugin", () => {
    it("migrates in the same `up`, though the old collection is dropped by the old one", async () => {
        const native = await openNative();
        try {
            const { site } = native;
            const program = (fields: object[]) => `
                const docs = new milvus.Collection(prefix + "docs", ${args({}, fields)});
                new milvus.Alias("live", { name: prefix + "live", collection: docs.collectionName });`;
            await native.up(program([id, vector, text]));
            const [old] = await site.collections();
            await native.fill(old!, 100);
            await writeFile(join(site.dir, "node_modules/pulumi-milvus/package.json"), `{ "version": "0.2.0" }`);
            const up = await native.up(program([id, vector, wider]));
            expect(up.ops).to.deep.equal({ ...none, replace: 1, update: 1 });
            expect(up.output).to.not.match(/interrupted|warning|comparing/);
            const { resources } = await site.state();
            expect(JSON.stringify(resources)).to.include("default 0.2.0").and.not.include("default 0.1.0");
            expect(native.fake.collections().map(({ rows }) => rows.length)).to.deep.equal([100]);
            expect((await native.up(program([id, vector, wider]))).ops).to.deep.equal({ ...none, same: 2 });
        } finally {
            await native.close();
        }
    });
});
