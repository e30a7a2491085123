import { expect } from "chai";

import { createAlias } from "../../../provider/milvus/collection/aliases";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { loadState, releaseCollection } from "../../../provider/milvus/collection/loading";
import { observeGeneration } from "../../../provider/observe/generations";
import { newLeaseHolder } from "../../../provider/observe/lease";
import { property } from "../../../provider/observe/properties";
import type { Capabilities } from "../../../provider/observe/state";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import { BaselineFolder } from "../../../provider/migration/catchup/baselineFolder";
import type { Passes } from "../../../provider/migration/catchup/passContext";
import { onlineSteps } from "../../../provider/migration/cutover/steps";
import { cutoverProperty, readCutover } from "../../../provider/migration/properties/cutoverRecord";
import { fullRanges } from "../../../provider/migration/read/endpoint";
import { failure } from "../../fake/failure";
import { smallest } from "../../fake/open";
import { openFixture, Pair, type SideName } from "../catchup/pair";

const together = { kind: "together" } as const;
const holder = newLeaseHolder("this run");

const folders: BaselineFolder[] = [];

/** The steps of a cutover on two real collections, and what the test needs to look at them. */
async function stepsOn(
    more: Partial<Capabilities> = {},
    aliases: readonly string[] = [],
    limits: "all" | "off" = "off",
) {
    const { client, fake } = await openFixture({ limits });
    const pair = await Pair.open({ client, fake, cut: () => undefined }, "Int64");
    const endpoint = (side: SideName) => {
        const made = pair.endpoint(side);
        return { ...made, capabilities: { ...made.capabilities, ...more } };
    };
    const [source, target] = [endpoint("source"), endpoint("target")];
    const { mapping } = pair;
    const spec = normalizeCollection(CollectionInputs.parse({ fields: smallest }));
    const record = { phase: "copied", run: "a run", followsWrites: true, counted: undefined, spec } as const;
    await setProperties(client, target.ref, cutoverProperty(record));
    const said: string[] = [];
    const folder = await BaselineFolder.create({ owner: "shop/prod/steps", from: "1111111", mapping });
    folders.push(folder);
    const passes: Passes = {
        source,
        target,
        mapping,
        partitions: together,
        ranges: fullRanges(together, 0),
        batchBytes: 1 << 20,
        folder,
        report: { say: (line) => void said.push(line), progress: () => undefined },
    };
    const steps = onlineSteps({ spec, passes, aliases, holder });
    const seen = async (at = target) => (await observeGeneration(client, at.ref, newLeaseHolder("another")))!;
    const recorded = async () => (await readCutover(client, target.ref))?.phase;
    return { client, fake, source, target, passes, steps, said, seen, recorded };
}

describe("the steps of a cutover", () => {
    afterEach(() => Promise.all(folders.splice(0).map((folder) => folder.remove())));

    it("know both collections, before and after a swap", async () => {
        const { steps, source, target, passes } = await stepsOn();
        expect(steps.names()).to.deep.equal({ source: source.ref.name, target: target.ref.name });
        steps.renamed(target.ref, source.ref);
        expect(steps.names()).to.deep.equal({ source: target.ref.name, target: source.ref.name });
        expect(passes.source.client).to.equal(source.client);
        expect(passes.target.client).to.equal(target.client);
    });

    it("hold the lease of the copy until it is released", async () => {
        const { steps, passes, seen } = await stepsOn();
        const lock = (await steps.lock())!;
        expect((await seen()).lease).to.equal("held");
        expect(passes.confirm).to.be.a("function");
        await lock.confirm();
        await lock.release();
        expect((await seen()).lease).to.equal("none");
        expect(passes.confirm).to.equal(undefined);
    });

    it("take no lease and write nothing down where the server keeps no properties", async () => {
        const { steps, passes, seen, recorded } = await stepsOn({ alterProperties: false });
        expect(await steps.lock()).to.equal(undefined);
        expect((await seen()).lease).to.equal("none");
        expect(passes.confirm).to.equal(undefined);
        await steps.record("switched");
        await steps.forget();
        expect(await recorded()).to.equal("copied");
        expect(await failure(passes.folder.read(0))).to.be.instanceOf(Error);
    });

    it("record the switch, and forget it with the baseline", async () => {
        const { steps, passes, recorded } = await stepsOn();
        await passes.folder.writeEmpty(0);
        await steps.record("switched");
        expect(await recorded()).to.equal("switched");
        await steps.forget();
        expect(await recorded()).to.equal(undefined);
        expect(await failure(passes.folder.read(0))).to.be.instanceOf(Error);
    });

    it("see that an alias of the old collection has moved, and no other alias", async () => {
        const { steps, client, target } = await stepsOn({}, ["live"]);
        await createAlias(client, { database: undefined, alias: "other" }, target.ref.name);
        expect(await steps.hasMoved()).to.equal(false);
        await createAlias(client, { database: undefined, alias: "live" }, target.ref.name);
        expect(await steps.hasMoved()).to.equal(true);
        const without = await stepsOn();
        const calls = without.fake.calls.length;
        expect(await without.steps.hasMoved()).to.equal(false);
        expect(without.fake.calls).to.have.length(calls);
    });

    it("load both collections for the passes, and put them back, also where these fail", async () => {
        const { steps, client, source, target } = await stepsOn();
        for (const { ref } of [source, target]) await releaseCollection(client, ref);
        const states = () => Promise.all([source, target].map(({ ref }) => loadState(client, ref)));
        expect(await steps.open(states)).to.deep.equal(["loaded", "loaded"]);
        expect(await states()).to.not.include("loaded");
        const error = await failure(steps.open(() => Promise.reject(new Error("the server is gone"))));
        expect(error.message).to.equal("the server is gone");
        expect(await states()).to.not.include("loaded");
    });

    it("carry over no partition where rows go without the name of one", async () => {
        const { steps } = await stepsOn();
        expect(await steps.carryPartitions()).to.equal(false);
    });

    it("block writes until the fence is lifted, and say so", async () => {
        const { steps, client, source, seen, said } = await stepsOn({}, [], "all");
        const remove = () => client.call("Delete", { collection_name: source.ref.name, expr: "id in [1]" });
        expect(await steps.fence()).to.equal(true);
        expect(said).to.deep.equal([
            `${source.ref.name}: blocking writes for the final pass, then switching`,
        ]);
        expect((await seen(source)).isFenced).to.equal(true);
        expect(await failure(remove())).to.have.property("kind", "rate-limited");
        await steps.liftFence();
        await remove();
    });

    it("lift a fence, and say nothing of one that the server cannot set", async () => {
        const { steps, client, source, seen, said } = await stepsOn({ lite: true, alterProperties: false });
        expect(await steps.fence()).to.equal(false);
        expect(said).to.deep.equal([]);
        await setProperties(client, source.ref, { [property.fenced]: "" });
        expect((await seen(source)).isFenced).to.equal(true);
        await steps.liftFence();
        expect((await seen(source)).isFenced).to.equal(false);
    });
});
