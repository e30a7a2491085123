import { expect } from "chai";

import { setProperties } from "../../../provider/milvus/collection/collections";
import { openPasses, type Passes } from "../../../provider/migration/catchup/passContext";
import { openFixture, Pair, rangeOf } from "./pair";

describe("both sides of the passes", () => {
    let pair: Pair;
    beforeEach(async () => {
        pair = await Pair.open(await openFixture(), "Int64");
    });

    const opened = (more: Partial<Passes> = {}) =>
        openPasses({
            source: pair.endpoint("source"),
            target: pair.endpoint("target"),
            mapping: pair.mapping,
            batchBytes: 1 << 20,
            ...more,
        } as Passes);

    it("tell whether rows of the old collection expire", async () => {
        expect((await opened()).expires).to.equal(false);
        const { ref } = pair.endpoint("source");
        await setProperties(pair.client, ref, { "collection.ttl.seconds": "0" });
        expect((await opened()).expires, "0 is none").to.equal(false);
        await setProperties(pair.client, ref, { "collection.ttl.seconds": "3600" });
        expect((await opened()).expires).to.equal(true);
    });

    it("are read in the partition of the range, by their own names", async () => {
        const { of, lite } = await opened();
        expect(lite).to.equal(false);
        const { comparePair } = of({ ...rangeOf(undefined, undefined), partition: "p" });
        expect(comparePair.source.partition).to.equal("p");
        expect(comparePair.target.partition).to.equal("p");
        expect(comparePair.source.key).to.equal("id");
        expect(comparePair.key).to.equal("key");
    });

    it("delete a row before they write it where the server generates keys", async () => {
        const { columns } = pair.mapping;
        const range = rangeOf(undefined, undefined);
        expect((await opened()).of(range).writer.deletesFirst).to.equal(false);
        const mapping = {
            ...pair.mapping,
            columns: columns.map((column) =>
                column.to.isPrimaryKey ? { ...column, to: { ...column.to, autoId: true } } : column,
            ),
        };
        expect((await opened({ mapping })).of(range).writer.deletesFirst).to.equal(true);
    });

    it("delete a row before they write it where an upsert would keep its dynamic keys", async () => {
        const range = rangeOf(undefined, undefined);
        const end = pair.endpoint("target");
        const target = { ...end, capabilities: { ...end.capabilities, upsertMerges: true } };
        expect((await opened({ target })).of(range).writer.deletesFirst).to.equal(false);
        const mapping = { ...pair.mapping, targetOnly: { columns: [], dynamic: true } };
        expect((await opened({ target, mapping })).of(range).writer.deletesFirst).to.equal(true);
    });
});
