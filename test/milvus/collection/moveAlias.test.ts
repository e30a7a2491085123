import { expect } from "chai";

import { createAlias, describeAlias } from "../../../provider/milvus/collection/aliases";
import { moveAlias } from "../../../provider/milvus/collection/moveAlias";
import { countRows } from "../../../provider/milvus/rows/rows";
import { create, insert, open, ref, serve, smallest } from "../../fake/open";

const live = { database: undefined, alias: "live" };

async function two(aliasLag: number) {
    const { client, fake } = await open("2.6.18", { aliasLag });
    for (const name of ["old", "new"]) {
        await create(client, name);
        await serve(client, name);
    }
    await insert(client, "new", { fields: smallest }, { id: ["1", "2"] });
    await createAlias(client, live, "old");
    fake.calls.length = 0;
    return { client, fake };
}

describe("an alias that moves (fake)", () => {
    it("is asked for the new target, and altered once where the proxy follows", async () => {
        const { client, fake } = await two(1);
        expect(await moveAlias(client, live, "new")).to.equal(true);
        expect(await countRows(client, ref("live"))).to.equal(2);
        expect(fake.calls.filter((call) => call === "AlterAlias")).to.have.length(1);
    });

    it("is altered again where a proxy stays on the former target", async () => {
        const { client, fake } = await two(2);
        expect(await moveAlias(client, live, "new")).to.equal(true);
        expect(await countRows(client, ref("live"))).to.equal(2);
        expect(fake.calls.filter((call) => call === "AlterAlias")).to.have.length(2);
    });

    it("ends where a proxy never follows, and says so", async () => {
        const { client } = await two(Infinity);
        expect(await moveAlias(client, live, "new", 0)).to.equal(false);
        expect(await describeAlias(client, live)).to.equal("new");
        expect(await countRows(client, ref("live")), "the fault is there").to.equal(0);
    });

    it("moves where the new target is not loaded, which answers no query", async () => {
        const { client } = await two(1);
        await create(client, "cold");
        expect(await moveAlias(client, live, "cold")).to.equal(true);
    });
});
