import { expect } from "chai";

import { alterAlias, createAlias } from "../../../provider/milvus/collection/aliases";
import { prepareCutover } from "../../../provider/migration/cutover/prepareCutover";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import { fullRanges } from "../../../provider/migration/read/endpoint";
import { failure } from "../../fake/failure";
import { newLeaseHolder } from "../../../provider/observe/lease";
import { smallest } from "../../fake/open";
import { openFixture, Pair, type Rows } from "../catchup/pair";

const together = { kind: "together" } as const;
const live = { database: undefined, alias: "live" };
const rows = (first: number): Rows =>
    new Map([
        [1n, first],
        [2n, 1],
    ]);

/** A complete copy of a collection that clients write to through an alias, once during each pass. */
async function copied() {
    const fixture = await openFixture();
    const pair = await Pair.open(fixture, "Int64");
    const [source, target] = [pair.endpoint("source"), pair.endpoint("target")];
    await pair.insert("source", rows(1));
    await pair.insert("target", rows(0));
    let version = 1;
    await createAlias(fixture.client, live, source.ref.name);
    const cutover = await prepareCutover({
        source,
        target,
        mapping: pair.mapping,
        partitions: together,
        ranges: fullRanges(together, 2),
        batchBytes: 1 << 20,
        report: { say: () => undefined, progress: () => undefined },
        spec: normalizeCollection(
            CollectionInputs.parse({ fields: smallest, migration: { grace: 0, maxWritePause: 0 } }),
        ),
        marker: { owner: "shop/prod/docs", generation: "ba4d643", from: "3fa9c1d", state: "live" },
        generation: "3fa9c1d",
        expected: 2,
        holder: newLeaseHolder("this run"),
        // Runs before each write of a pass.
        confirm: () => pair.become("source", rows(++version)),
    });
    return { fixture, pair, target, cutover };
}

describe("a cutover", () => {
    it("carries over writes to the old collection before the switch", async () => {
        const { pair, cutover } = await copied();
        expect(pair.rows("target")).to.not.deep.equal(pair.rows("source"));
        await cutover.prepareSwitch();
        expect(pair.rows("target")).to.deep.equal(pair.rows("source"));
        await cutover.forget();
    });

    it("fails if clients never stop writing to the old collection", async () => {
        const { fixture, pair, target, cutover } = await copied();
        await cutover.prepareSwitch();
        await alterAlias(fixture.client, live, target.ref.name);
        await cutover.completeSwitch();
        // Each pass after the switch starts with the partitions.
        const call = fixture.client.call.bind(fixture.client);
        let key = 10n;
        fixture.client.call = async (method, ...rest) => {
            if (method === "ShowPartitions") await pair.insert("source", new Map([[++key, 1]]));
            return call(method, ...rest);
        };
        const error = await failure(cutover.finish());
        expect(error).to.have.property("code", "MV320");
        expect(error.message).to.include("long after").and.include("both are kept");
        await cutover.forget();
    });

    it("keeps the writes of clients to the new collection if another run has moved the alias", async () => {
        const { fixture, pair, target, cutover } = await copied();
        // The other run has carried this over, and a client has changed it again.
        await pair.become("source", rows(98));
        await alterAlias(fixture.client, live, target.ref.name);
        await pair.become("target", rows(99));
        await cutover.prepareSwitch();
        await cutover.completeSwitch();
        await cutover.finish();
        expect(pair.rows("target")).to.deep.equal(rows(99));
        await cutover.forget();
    });
});
