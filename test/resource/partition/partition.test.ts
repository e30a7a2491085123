import { expect } from "chai";

import { createPartition, listPartitions } from "../../../provider/milvus/collection/partitions";
import { objectLife } from "../../../provider/resource/object";
import { partitionKind } from "../../../provider/resource/partition";
import type { Props } from "../../../provider/resource/session/props";
import { create, insert, open, ref, serve, smallest } from "../../fake/open";
import { failure } from "../../fake/failure";
import { contextOf } from "../context/contextOf";

async function stage() {
    const { client, fake } = await open("2.6.18", { pending: 0 });
    const said: string[] = [];
    const life = objectLife(partitionKind)(contextOf(fake.address, said));
    const news = (collection: string): Props => ({
        __owner: "shop/prod/en",
        __logicalName: "en",
        name: "en",
        collection,
    });
    for (const name of ["docs", "other"]) {
        await create(client, name);
        await serve(client, name);
    }
    return { client, said, life, news };
}

describe("a partition of somebody else's collection", () => {
    it("is refused on a collection with a partition key", async () => {
        const { client, life, news } = await stage();
        const tenant = { name: "tenant", dataType: "Int64", isPartitionKey: true } as const;
        await create(client, "keyed", { fields: [...smallest, tenant] });
        expect(await failure(life.create(news("keyed")))).to.have.property("code", "MV405");
    });

    it("leaves its rows where the program names another collection, and says so", async () => {
        const { client, said, life, news } = await stage();
        const { outs } = await life.create(news("docs"));
        await insert(client, "docs", { fields: smallest, partition: "en" }, { id: ["1", "2"] });
        await life.update(outs, news("other"));
        expect(said.join("\n")).to.match(/partition en of docs keeps its 2 rows.*\[MV407\]/);
        for (const name of ["docs", "other"])
            expect(await listPartitions(client, ref(name)), name).to.include("en");
    });

    it("leaves no empty partition behind", async () => {
        const { client, said, life, news } = await stage();
        const { outs } = await life.create(news("docs"));
        await life.update(outs, news("other"));
        expect(await listPartitions(client, ref("docs"))).to.deep.equal(["_default"]);
        expect(said).to.deep.equal([]);
    });

    it("is imported by its collection and name", async () => {
        const { client, life } = await stage();
        await createPartition(client, ref("docs"), "en");
        const hidden = { __owner: "shop/prod/en", __logicalName: "en" };
        expect((await life.import("docs/en", hidden))!.inputs).to.deep.equal({
            collection: "docs",
            name: "en",
        });
        expect(await life.import("docs/de", hidden)).to.equal(undefined);
        expect(await failure(life.import("en", hidden))).to.have.property("code", "MV402");
    });
});
