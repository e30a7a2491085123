import { expect } from "chai";

import { describeIndexes, dropIndex } from "../../../provider/milvus/collection/indexes";
import { loadState, releaseCollection } from "../../../provider/milvus/collection/loading";
import { copyShard } from "../../../provider/migration/shards/copyShard";
import { loadSource, releaseSource } from "../../../provider/migration/shards/sourceLoad";
import { dropUnfinished } from "../../../provider/resource/operate/dropUnfinished";
import { inspect } from "../../../provider/observe/inspected";
import { newLeaseHolder } from "../../../provider/observe/lease";
import { Session } from "../../../provider/resource/session/session";
import { rowsOf, Stage } from "./stage";

const keys = Array.from({ length: 60 }, (_, at) => BigInt(at));

/** A migration whose old collection nobody has loaded. */
async function unloaded({ hasIndexes = true } = {}) {
    const stage = await Stage.open(rowsOf(keys));
    const { client } = stage.fixture;
    const { ref } = stage.pair.endpoint("source");
    await releaseCollection(client, ref);
    if (!hasIndexes)
        for (const { field, name } of await describeIndexes(client, ref))
            await dropIndex(client, ref, { field, name });
    return { stage, ref, client, state: () => loadState(client, ref) };
}

describe("a source that nobody has loaded", () => {
    it("is loaded while workers copy its shards, and released once these are combined", async () => {
        const { stage, state } = await unloaded();
        await copyShard(stage.worker(0, 2));
        expect(await state(), "while another shard is left").to.equal("loaded");
        await copyShard(stage.worker(1, 2));
        expect(stage.pair.count("target")).to.equal(60);
        const { rows } = await stage.combine();
        expect(rows).to.equal(60);
        expect(await state()).to.equal("not-loaded");
        expect(stage.properties().get("pulumi.sourceLoad")).to.equal("");
    });

    it("has no temporary index afterwards", async () => {
        const { stage, ref, client, state } = await unloaded({ hasIndexes: false });
        await copyShard(stage.worker(0, 1));
        expect(await describeIndexes(client, ref)).to.have.length(1);
        await stage.combine();
        expect(await describeIndexes(client, ref)).to.deep.equal([]);
        expect(await state()).to.equal("not-loaded");
    });

    it("is released though the worker that loaded it ended before it cut the copy", async () => {
        const { stage, state } = await unloaded();
        await loadSource(stage.worker(0, 2));
        expect(await state()).to.equal("loaded");
        await stage.combine();
        expect(await state()).to.equal("not-loaded");
    });

    it("is released where the copy is dropped", async () => {
        const { stage, client, state } = await unloaded();
        const marker = { owner: "shop/prod/docs", generation: "2222222", from: "1111111", state: "building" };
        await stage.set(
            Object.fromEntries(Object.entries(marker).map(([key, value]) => [`pulumi.${key}`, value])),
        );
        await copyShard(stage.worker(0, 2));
        const session = new Session("test");
        const context = { session, print: () => undefined };
        const report = { say: () => undefined, progress: () => undefined };
        const copy = (await inspect(client, stage.ref, newLeaseHolder("test")))!;
        await dropUnfinished({ client, context, report }, copy);
        expect(await state()).to.equal("not-loaded");
    });
});

describe("a source that clients have loaded", () => {
    it("stays loaded", async () => {
        const stage = await Stage.open(rowsOf(keys));
        const { client } = stage.fixture;
        await copyShard(stage.worker(0, 1));
        await stage.combine();
        expect(await loadState(client, stage.pair.endpoint("source").ref)).to.equal("loaded");
        expect(stage.properties().has("pulumi.sourceLoad")).to.equal(false);
        await releaseSource(client, stage.ref, { say: () => expect.fail("nothing is released") });
    });
});
