import { expect } from "chai";

import { property } from "../../../provider/observe/properties";
import { expectFailure, expectOk } from "../../support/data/site";
import { args, none } from "./nativeSite";
import { onNative } from "./onNative";

onNative("a resource that is half done", ({ full }) => {
    for (const [rpc, what] of [
        ["CreateIndex", "its index"],
        ["LoadCollection", "its load"],
    ] as const)
        full(
            `is recorded where a creation fails at ${what}, and the next \`up\` completes it`,
            async (native) => {
                const { fake, site } = native;
                const program = `const docs = new milvus.Collection(prefix + "docs", ${args()});
                new milvus.Alias("live", { name: prefix + "live", collection: docs.collectionName });`;
                await native.write(program);
                fake.failNext(rpc, { code: 65535, reason: "no memory is left" });
                expectFailure(await site.stack.up(), "initialization failed", "no memory is left");
                const [made] = await site.collections();
                const { resources } = await site.state();
                const ours = resources.find(({ type }) => type === "milvus:index:Collection")!;
                expect(ours).to.include({ id: made });
                expect(ours.initErrors).to.have.length(1);
                expect((await native.up(program)).ops).to.deep.equal({ ...none, create: 1, update: 1 });
                expect(await site.collections()).to.deep.equal([made]);
                const [stored] = fake.collections();
                expect(stored!.properties.get(property.state)).to.equal("live");
                expect(stored!.indexes).to.have.length(1);
                expect((await native.up(program)).ops).to.deep.equal({ ...none, same: 2 });
                expectOk(await site.stack.destroy());
                expect(fake.collections()).to.deep.equal([]);
            },
        );

    full("is recorded where a change in place fails half-way, and the next `up` goes on", async (native) => {
        const { fake, site } = native;
        const program = (more: object) =>
            `new milvus.Collection(prefix + "docs", ${args({ indexes: [{ field: "vector", indexType: "FLAT", metricType: "L2" }], ...more })});`;
        await native.up(program({}));
        const changed = program({
            indexes: [{ field: "vector", indexType: "FLAT", metricType: "IP" }],
            description: "of the search team",
        });
        await native.write(changed);
        fake.failNext("CreateIndex", { code: 65535, reason: "no memory is left" });
        fake.failNext("CreateIndex", { code: 65535, reason: "no memory is left" });
        expectFailure(await site.stack.up(), "no memory is left");
        const { resources } = await site.state();
        expect(resources.at(-1)!.initErrors).to.have.length(1);
        expect((await native.up(changed)).ops).to.deep.equal({ ...none, update: 1 });
        expect((await native.up(changed)).ops).to.deep.equal({ ...none, same: 1 });
    });

    full("is not recorded where nothing is left of it", async (native) => {
        const { fake, site } = native;
        await native.write(`new milvus.Collection(prefix + "docs", ${args()});`);
        fake.failNext("CreateCollection", { code: 65535, reason: "no memory is left" });
        const failed = await site.stack.up();
        expectFailure(failed, "no memory is left");
        const { resources } = await site.state();
        expect(resources.filter(({ type }) => type.startsWith("milvus:"))).to.deep.equal([]);
    });
});
