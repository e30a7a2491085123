import { expect } from "chai";

import { expectOk } from "../../support/data/site";
import { args, none } from "./nativeSite";
import { onNative } from "./onNative";

onNative("values of a native program", ({ full }) => {
    full(
        "stay ciphertext in the state where they are secret: text, numbers, objects, lists, outputs, credentials",
        async (native) => {
            const { fake, site } = native;
            const program = (more: string) => `
            const secret = pulumi.secret;
            const docs = new milvus.Collection(prefix + "docs", {
                description: secret("SECRETtext"),
                fields: [
                    { name: "id", dataType: "Int64", isPrimaryKey: true },
                    { name: "vector", dataType: "FloatVector", dim: 2 },
                    { name: "text", dataType: "VarChar", maxLength: 64, description: secret("SECRETnested") },
                    { name: "lang", dataType: "VarChar", maxLength: secret(31337), nullable: true },
                    ${more}
                ],
                properties: secret({ "collection.ttl.seconds": "SECRETobject".length * 7777 }),
                partitions: secret(["SECRETlist"]),
                migration: { grace: 0 },
                connection: { address: "${fake.address}", token: "root:SECRETtoken" },
            });
            new milvus.Alias("live", { name: prefix + "live", collection: docs.collectionName,
                connection: { address: "${fake.address}", username: "root", password: secret("SECRETpassword") } });
            exports.text = docs.description;`;
            const isHidden = async () => {
                const state = JSON.stringify(await site.state());
                expect(state).to.not.match(/SECRET|31337|93324/);
                expect(state).to.include("ciphertext");
            };
            await native.up(program(""));
            await isHidden();
            expect(await site.stack.outputs()).to.deep.equal({ text: "SECRETtext" });
            expectOk(await site.stack.refresh());
            await isHidden();
            expect((await native.up(program(""))).ops).to.deep.equal({ ...none, same: 2 });
            const added = `{ name: "more", dataType: "VarChar", maxLength: 8, nullable: true, description: secret("SECRETadded") }`;
            const up = await native.up(program(added));
            expect(up.output).to.not.match(/SECRET/);
            await isHidden();
            expectOk(await site.stack.destroy());
        },
    );

    full("are planned at `up` where they are not known in a preview, at any depth", async (native) => {
        const { site } = native;
        const first = `const docs = new milvus.Collection(prefix + "docs", ${args()});`;
        const second = `
            new milvus.Collection(prefix + "pages", {
                fields: [
                    { name: "id", dataType: "Int64", isPrimaryKey: true },
                    { name: "vector", dataType: "FloatVector", dim: docs.generation.apply(() => 2) },
                    { name: "text", dataType: "VarChar", maxLength: 64, description: docs.collectionId },
                ],
                indexes: docs.generation.apply(() => [{ field: "vector", indexType: "FLAT", metricType: "L2" }]),
                properties: { "collection.ttl.seconds": docs.generation.apply(() => 3600) },
                migration: { grace: docs.generation.apply(() => 0) },
            });
            new milvus.Alias("live", { name: prefix + "live", collection: docs.collectionName });`;
        await native.write(first + second);
        const preview = expectOk(await site.stack.preview());
        expect(preview.ops).to.deep.equal({ ...none, create: 3 });
        expect((await native.up(first + second)).ops).to.deep.equal({ ...none, create: 3 });
        expect((await native.up(first + second)).ops).to.deep.equal({ ...none, same: 3 });
        // In an update the outputs are unknown only where the collection is replaced.
        const changed = first.replace('"dim":2', '"dim":4') + second;
        await native.write(changed);
        const next = expectOk(await site.stack.preview());
        expect(next.ops).to.include({ replace: 1 });
        expect(next.places).to.include(`${site.prefix}docs: update_replace fields[1].dim`);
        expectOk(await site.stack.up());
    });
});
