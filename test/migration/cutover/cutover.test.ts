import { expect } from "chai";

import { alterAlias, createAlias } from "../../../provider/milvus/aliases";
import { capabilities } from "../../../provider/observe/capabilities";
import { follow } from "../../../provider/migration/cutover/prepareCutover";
import { CollectionInputs } from "../../../provider/inputs/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import { openRanges } from "../../../provider/migration/read/endpoint";
import { failure } from "../../fake/failure";
import { smallest } from "../../fake/open";
import { openGround, Pair, type Rows } from "../catchup/pair";

const together = { kind: "together" } as const;
const live = { database: undefined, alias: "live" };
const rows = (first: number): Rows =>
    new Map([
        [1n, first],
        [2n, 1],
    ]);

/** A copy that is whole, of a collection that clients write to by an alias, during each pass once. */
async function copied() {
    const ground = await openGround();
    const pair = await Pair.open(ground, "Int64");
    const [source, target] = [pair.side("source"), pair.side("target")];
    await pair.insert("source", rows(1));
    await pair.insert("target", rows(0));
    let version = 1;
    await createAlias(ground.client, live, source.ref.name);
    const handover = await follow({
        source,
        target,
        mapping: pair.mapping,
        partitions: together,
        ranges: openRanges(together, 2),
        batchBytes: 1 << 20,
        report: { say: () => undefined, progress: () => undefined },
        spec: normalizeCollection(
            CollectionInputs.parse({ fields: smallest, migration: { grace: 0, maxWritePause: 0 } }),
        ),
        capabilities: await capabilities(ground.client),
        stamp: { owner: "shop/prod/docs", generation: "ba4d643", from: "3fa9c1d", state: "live" },
        generation: "3fa9c1d",
        expected: 2,
        // Asked before each write of a pass.
        confirm: () => pair.become("source", rows(++version)),
    });
    return { ground, pair, target, handover };
}

describe("a hand-over", () => {
    it("brings over before the switch what clients wrote to the old collection", async () => {
        const { pair, handover } = await copied();
        expect(pair.rows("target")).to.not.deep.equal(pair.rows("source"));
        await handover.beforeSwitch();
        expect(pair.rows("target")).to.deep.equal(pair.rows("source"));
        await handover.forget();
    });

    it("ends with an error where clients never stop writing to the old collection", async () => {
        const { ground, pair, target, handover } = await copied();
        await handover.beforeSwitch();
        await alterAlias(ground.client, live, target.ref.name);
        await handover.afterSwitch();
        // Each pass after the switch begins with the partitions.
        const call = ground.client.call.bind(ground.client);
        let key = 10n;
        ground.client.call = async (method, ...rest) => {
            if (method === "ShowPartitions") await pair.insert("source", new Map([[++key, 1]]));
            return call(method, ...rest);
        };
        const error = await failure(handover.finish());
        expect(error).to.have.property("code", "MV320");
        expect(error.message).to.include("long after").and.include("both are kept");
        await handover.forget();
    });

    it("leaves alone what clients write to the new one where another run has moved the alias", async () => {
        const { ground, pair, target, handover } = await copied();
        // The other run has brought this over, and a client has changed it again.
        await pair.become("source", rows(98));
        await alterAlias(ground.client, live, target.ref.name);
        await pair.become("target", rows(99));
        await handover.beforeSwitch();
        await handover.afterSwitch();
        await handover.finish();
        expect(pair.rows("target")).to.deep.equal(rows(99));
        await handover.forget();
    });
});
