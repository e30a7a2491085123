import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { args, id, none, text, vector, renamed } from "./nativeSite";
import { onNative } from "./onNative";

onNative("another version of the plugin", ({ full }) => {
    full("migrates in the same `up`, though the old collection is dropped by the old one", async (native) => {
        const { site } = native;
        const program = (fields: object[]) => `
                const docs = new milvus.Collection(prefix + "docs", ${args({}, fields)});
                new milvus.Alias("live", { name: prefix + "live", collection: docs.collectionName });`;
        await native.up(program([id, vector, text]));
        const [old] = await site.collections();
        await native.fill(old!, 100);
        await writeFile(join(site.dir, "node_modules/pulumi-milvus/package.json"), `{ "version": "0.2.0" }`);
        const up = await native.up(program([id, vector, renamed]));
        expect(up.ops).to.deep.equal({ ...none, replace: 1, update: 1 });
        expect(up.output).to.not.match(/interrupted|warning|comparing/);
        const { resources } = await site.state();
        expect(
            resources.filter(({ custom }) => custom).map((one) => (one as { provider?: string }).provider),
        ).to.deep.equal(["default 0.2.0", "default 0.2.0"]);
        expect(native.fake.collections().map(({ rows }) => rows.length)).to.deep.equal([100]);
        expect((await native.up(program([id, vector, renamed]))).ops).to.deep.equal({ ...none, same: 2 });
    });
});
