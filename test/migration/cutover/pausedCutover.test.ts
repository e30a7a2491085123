import { setTimeout as delay } from "node:timers/promises";

import { expect } from "chai";

import type { Capabilities } from "../../../provider/observe/state";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { loadState, releaseCollection } from "../../../provider/milvus/collection/loading";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import { type Paused, PausedCutover } from "../../../provider/migration/cutover/pausedCutover";
import type { Phase } from "../../../provider/migration/cutover/phases";
import { cutoverProperty, readCutover } from "../../../provider/migration/properties/cutoverRecord";
import { failure } from "../../fake/failure";
import { smallest } from "../../fake/open";
import { openFixture, Pair, type Rows } from "../catchup/pair";

const rows: Rows = new Map([1n, 2n, 3n].map((key) => [key, 1]));

/** The cutover of a copy that was made with paused writers, with its record on the copy. */
async function copied(given: Partial<Paused> = {}, phase?: Phase, able: Partial<Capabilities> = {}) {
    const pair = await Pair.open(await openFixture(), "Int64");
    await pair.insert("source", rows);
    const [source, target] = [pair.endpoint("source"), pair.endpoint("target")];
    const spec = normalizeCollection(CollectionInputs.parse({ fields: smallest }));
    const record = { phase: "copied", run: "a run", followsWrites: false, counted: 3, spec } as const;
    await setProperties(target.client, target.ref, cutoverProperty(record));
    const paused: Paused = {
        source,
        target: { ...target, capabilities: { ...target.capabilities, ...able } },
        partitions: { kind: "together" },
        counted: 3,
        grace: 0,
        report: { say: () => undefined, progress: () => undefined },
        ...given,
    };
    const recorded = async () => (await readCutover(target.client, target.ref))?.phase;
    return { pair, source, target, recorded, cutover: new PausedCutover(paused, phase) };
}

describe("a cutover with paused writers", () => {
    it("goes from the copy through the switch to its end", async () => {
        const { cutover, recorded } = await copied();
        expect(cutover.phase).to.equal("copied");
        await cutover.prepareSwitch();
        expect(cutover.phase).to.equal("caught-up");
        // A second alias.
        await cutover.prepareSwitch();
        expect(cutover.phase).to.equal("caught-up");
        expect(await recorded()).to.equal("copied");
        await cutover.completeSwitch();
        expect(cutover.phase).to.equal("switched");
        expect(await recorded()).to.equal("switched");
        await cutover.finish();
        expect(cutover.phase).to.equal("done");
        await cutover.forget();
        expect(await recorded()).to.equal(undefined);
    });

    it("goes back to the copy where the switch fails, and forward where another process has made it", async () => {
        const { cutover } = await copied();
        await cutover.prepareSwitch();
        await cutover.undoSwitch();
        expect(cutover.phase).to.equal("copied");
        const { cutover: switched } = await copied({}, "switched");
        await switched.prepareSwitch();
        expect(switched.phase).to.equal("switched");
        await switched.finish();
        expect(switched.phase).to.equal("done");
    });

    it("refuses a switch that was not prepared", async () => {
        const { cutover, recorded } = await copied();
        const error = await failure(cutover.completeSwitch());
        expect(error).to.have.property("code", "MV348");
        expect(await recorded()).to.equal("copied");
    });

    it("writes nothing down where the server keeps no properties", async () => {
        const { cutover, recorded } = await copied({}, undefined, { alterProperties: false });
        await cutover.prepareSwitch();
        await cutover.completeSwitch();
        await cutover.forget();
        expect(await recorded()).to.equal("copied");
    });

    it("refuses to end where the old collection holds more rows than were copied", async () => {
        const { pair, source, cutover } = await copied();
        await cutover.prepareSwitch();
        await cutover.completeSwitch();
        await pair.insert("source", new Map([[4n, 1]]));
        const error = await failure(cutover.finish());
        expect(error).to.have.property("code", "MV341");
        expect(error.message).to.include(`${source.ref.name}: not dropped. It holds 4 rows and held 3`);
        expect(cutover.phase).to.equal("switched");
    });

    it("refuses to end where the old collection holds fewer rows than were copied", async () => {
        const { pair, cutover } = await copied({}, "switched");
        await pair.become("source", new Map([[1n, 1]]));
        expect(await failure(cutover.finish())).to.have.property("code", "MV341");
        expect(cutover.phase).to.equal("switched");
    });

    it("counts under the names that a swap gives", async () => {
        const { cutover, source, target, pair } = await copied({}, "switched");
        await pair.insert("target", new Map([[1n, 1]]));
        cutover.renamed(target.ref, source.ref);
        const error = await failure(cutover.finish());
        expect(error.message).to.include(`${target.ref.name}: not dropped. It holds 1 row and held 3`);
        const record = await readCutover(target.client, target.ref);
        await setProperties(source.client, source.ref, cutoverProperty(record!));
        await cutover.forget();
        expect(await readCutover(source.client, source.ref)).to.equal(undefined);
        expect(await readCutover(target.client, target.ref)).to.deep.equal(record);
    });

    it("counts an old collection that is not loaded, and leaves it so", async () => {
        const { cutover, source } = await copied({}, "switched");
        await releaseCollection(source.client, source.ref);
        await cutover.finish();
        expect(await loadState(source.client, source.ref)).to.not.equal("loaded");
    });

    it("waits for the grace since the switch before it counts", async () => {
        const { cutover } = await copied({ grace: 0.4 });
        await cutover.prepareSwitch();
        await delay(400);
        const switched = Date.now();
        await cutover.completeSwitch();
        await cutover.finish();
        expect(Date.now() - switched).to.be.within(395, 5000);
    });

    it("counts the grace from its beginning where no alias moves", async () => {
        const began = Date.now();
        const { cutover } = await copied({ grace: 0.4 });
        await cutover.finish();
        expect(Date.now() - began).to.be.within(395, 5000);
        expect(cutover.phase).to.equal("done");
    });
});
