import { expect } from "chai";

import { dropCollection, setProperties } from "../../../provider/milvus/collection/collections";
import { loadState } from "../../../provider/milvus/collection/loading";
import { property } from "../../../provider/observe/properties";
import type { Cutover } from "../../../provider/migration/cutover/cutover";
import type { Phase } from "../../../provider/migration/cutover/phases";
import {
    type CutoverRecord,
    cutoverProperty,
    readCutover,
} from "../../../provider/migration/properties/cutoverRecord";
import { prepareCutover } from "../../../provider/migration/cutover/prepareCutover";
import { fullRanges } from "../../../provider/migration/read/endpoint";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import { mappingProperty } from "../../../provider/migration/properties/rowMapping";
import { execute } from "../../../provider/resource/recovery/execute";
import { finishOwnCutover, hasOwnCutover } from "../../../provider/resource/recovery/mergeLateWrites";
import { failure } from "../../fake/failure";
import { activate, newMarker, stage, type Stage } from "./stage";

const together = { kind: "together" } as const;
const RUN = "a run of the tests";

/** Says on the copy how its rows were made, and where its cutover stands. */
async function record(at: Stage, more: Partial<CutoverRecord> = {}): Promise<void> {
    await setProperties(at.client, at.target.ref, {
        ...mappingProperty({ mapping: at.pair.mapping, partitions: together }, undefined),
        ...cutoverProperty({
            phase: "switched",
            run: RUN,
            followsWrites: false,
            counted: 3,
            spec: at.work.spec,
            ...more,
        }),
    });
}

async function merge(at: Stage, work = at.work) {
    const [old, successor] = [await at.seen(at.source), await at.seen(at.target)];
    return (await execute([{ kind: "merge-late-writes", old, successor }], work)).merged;
}

/** A cutover of this process that tells of its calls. */
function cutoverIn(phase: Phase) {
    const log: string[] = [];
    const step = (name: string) => () => Promise.resolve(void log.push(name));
    const cutover: Cutover = {
        phase,
        renamed: () => undefined,
        prepareSwitch: step("prepare"),
        undoSwitch: step("undo"),
        completeSwitch: step("complete"),
        finish: step("finish"),
        forget: step("forget"),
    };
    return { cutover, log };
}

describe("the merge of late writes by a run that counted", () => {
    it("proves by the count that nobody wrote, and forgets the record once the collection is dropped", async () => {
        const at = await stage();
        await record(at);
        activate(at, "2222222");
        const merged = await merge(at);
        expect(merged!.isActive).to.equal(true);
        expect(await readCutover(at.client, at.target.ref)).to.not.equal(undefined);
        at.session.activeCutovers.add("1111111", at.target, cutoverIn("switched").cutover);
        await merged!.dropped();
        expect(await readCutover(at.client, at.target.ref)).to.equal(undefined);
        expect(at.session.activeCutovers.bySource("1111111")).to.equal(undefined);
    });

    it("refuses where the old collection holds more rows than were counted", async () => {
        const at = await stage();
        await record(at);
        await at.pair.insert("source", new Map([[9n, 1]]));
        expect(await failure(merge(at))).to.have.property("code", "MV341");
    });

    it("waits for the grace that the record names, not that of the program", async () => {
        const at = await stage();
        const spec = { ...at.work.spec, migration: { ...at.work.spec.migration, grace: 0.3 } };
        await record(at, { spec });
        const began = Date.now();
        await merge(at);
        expect(Date.now() - began).to.be.within(295, 5000);
    });

    it("ends the copy's own cutover last, which may have got late writes by it", async () => {
        const at = await stage();
        await record(at);
        const { cutover, log } = cutoverIn("switched");
        at.session.activeCutovers.add("2222222", at.target, cutover);
        await merge(at);
        expect(log).to.deep.equal(["finish"]);
    });
});

describe("the merge of late writes by a later run", () => {
    it("compares both collections, for between two runs a count proves nothing", async () => {
        for (const more of [{ run: "another run" }, { counted: undefined }]) {
            const at = await stage();
            await record(at, more);
            const merged = await merge(at);
            expect(merged!.isActive).to.equal(false);
            expect(at.said.join()).to.include("comparing it with");
            await merged!.dropped();

            const changed = await stage();
            await record(changed, more);
            await changed.pair.become(
                "source",
                new Map([
                    [1n, 2],
                    [2n, 1],
                    [3n, 1],
                ]),
            );
            expect(await failure(merge(changed))).to.have.property("code", "MV321");
        }
    });

    it("compares both where the copy has a mapping and no record", async () => {
        const at = await stage();
        await record(at);
        await setProperties(at.client, at.target.ref, { [property.cutover]: "" });
        activate(at, "2222222");
        expect((await merge(at))!.isActive).to.equal(true);
        expect(at.said.join()).to.include("comparing it with");
    });

    it("refuses where the copy tells nothing and another generation is active, for the rows are at stake", async () => {
        const at = await stage();
        activate(at, "2222222");
        const error = await failure(merge(at));
        expect(error).to.have.property("code", "MV342");
        expect(error.message)
            .to.include(at.source.ref.name)
            .and.include(`${at.target.ref.name} does not record how its rows were made`);
    });

    it("goes on where the copy tells nothing and `destroy` drops, the generation is the active one, or it is empty", async () => {
        const unknown = await stage();
        expect(await merge(unknown)).to.equal(undefined);
        const own = await stage();
        activate(own, "1111111");
        expect(await merge(own)).to.equal(undefined);
        const empty = await stage();
        activate(empty, "2222222");
        await empty.pair.become("source", new Map());
        expect(await merge(empty)).to.equal(undefined);
        const gone = await stage();
        activate(gone, "2222222");
        const [old, successor] = [await gone.seen(gone.source), await gone.seen(gone.target)];
        await dropCollection(gone.client, gone.source.ref);
        expect(await execute([{ kind: "merge-late-writes", old, successor }], gone.work)).to.deep.equal({
            merged: undefined,
        });
    });

    it("finds the successor on another server", async () => {
        const at = await stage();
        const other = await stage();
        await record(other);
        const [old, successor] = [await at.seen(at.source), await other.seen(other.target)];
        const { client, capabilities } = other.work;
        const elsewhere = { client, capabilities };
        const { merged } = await execute([{ kind: "merge-late-writes", old, successor }], {
            ...at.work,
            elsewhere,
        });
        expect(merged).to.not.equal(undefined);
        await at.pair.insert("source", new Map([[9n, 1]]));
        const error = await failure(
            execute([{ kind: "merge-late-writes", old, successor }], { ...at.work, elsewhere }),
        );
        expect(error).to.have.property("code", "MV341");
    });
});

describe("the cutover of this process", () => {
    const add = async (phase: Phase, recorded?: CutoverRecord["phase"]) => {
        const at = await stage();
        if (recorded) await record(at, { phase: recorded });
        const made = cutoverIn(phase);
        at.session.activeCutovers.add("1111111", at.target, made.cutover);
        return { at, ...made };
    };

    it("counts from the moment on that the switch was prepared", async () => {
        const { at } = await add("caught-up", "switched");
        expect(await hasOwnCutover("1111111", at.session)).to.equal(true);
        expect(await hasOwnCutover("2222222", at.session)).to.equal(false);
    });

    it("counts before that, too, unless another process has made the switch", async () => {
        for (const recorded of [undefined, "copied"] as const) {
            const { at } = await add("copied", recorded);
            expect(await hasOwnCutover("1111111", at.session)).to.equal(true);
            expect(at.session.activeCutovers.bySource("1111111")).to.not.equal(undefined);
        }
        const { at } = await add("copied", "switched");
        expect(await hasOwnCutover("1111111", at.session)).to.equal(false);
        expect(at.session.activeCutovers.bySource("1111111")).to.equal(undefined);
    });

    it("is ended once, and forgotten once the old collection is dropped", async () => {
        const { at, log } = await add("switched");
        expect(await finishOwnCutover("2222222", at.work)).to.equal(undefined);
        expect(log).to.deep.equal([]);
        const outcome = (await finishOwnCutover("1111111", at.work))!;
        expect(outcome.isActive).to.equal(true);
        expect(log).to.deep.equal(["finish"]);
        await outcome.dropped();
        expect(log).to.deep.equal(["finish", "forget"]);
        expect(at.session.activeCutovers.bySource("1111111")).to.equal(undefined);
    });
});

describe("the end of an interrupted migration", () => {
    async function finish(at: Stage, outcome: "retain" | "drop") {
        const [old, successor] = [await at.seen(at.source), await at.seen(at.target)];
        return execute([{ kind: "finish-migration", old, successor, outcome }], at.work);
    }

    it("drops the old collection whose rows are in the active one", async () => {
        const at = await stage();
        await record(at);
        activate(at, "2222222");
        await finish(at, "drop");
        expect(at.names()).to.deep.equal([at.target.ref.name]);
        expect(await readCutover(at.client, at.target.ref)).to.equal(undefined);
    });

    it("retains the old collection where the migration said so", async () => {
        const at = await stage();
        await record(at);
        activate(at, "2222222");
        await finish(at, "retain");
        expect((await at.seen(at.source)).marker.state).to.equal("previous");
        expect((await at.seen(at.target)).retained.map(({ name }) => name)).to.deep.equal([
            at.source.ref.name,
        ]);
        expect(await loadState(at.client, at.source.ref)).to.not.equal("loaded");
        expect(await readCutover(at.client, at.target.ref)).to.equal(undefined);
    });

    it("keeps the old collection where the copy is not known to be active, or rows may be missing", async () => {
        const unknown = await stage();
        await record(unknown);
        await finish(unknown, "drop");
        expect(unknown.names()).to.include(unknown.source.ref.name);
        expect(await readCutover(unknown.client, unknown.target.ref)).to.not.equal(undefined);

        const untold = await stage();
        await finish(untold, "drop");
        expect(untold.names()).to.include(untold.source.ref.name);

        const written = await stage();
        await record(written);
        activate(written, "2222222");
        await written.pair.insert("source", new Map([[9n, 1]]));
        expect(await failure(finish(written, "drop"))).to.have.property("code", "MV341");
        expect(written.names()).to.include(written.source.ref.name);
    });

    it("retains a collection that a run began to retain", async () => {
        const at = await stage();
        const old = await at.seen(at.source);
        const successor = { ...at.target.ref, retain: {} };
        await execute([{ kind: "retain", old, successor }], at.work);
        expect((await at.seen(at.source)).marker.state).to.equal("previous");
        await dropCollection(at.client, at.source.ref);
        expect(await execute([{ kind: "retain", old, successor }], at.work)).to.deep.equal({});
    });
});

describe("the merge of late writes by the baseline on this machine", () => {
    /** A copy whose baseline an interrupted run has left, and a row that was written to the old collection since. */
    async function left(more: Partial<CutoverRecord> | undefined) {
        const at = await stage();
        const { source, target, work } = at;
        const { report, spec } = work;
        const passes = {
            source,
            target,
            mapping: at.pair.mapping,
            partitions: together,
            batchBytes: 1 << 20,
        };
        await prepareCutover({
            ...passes,
            ranges: fullRanges(together, 3),
            report,
            spec,
            marker: newMarker,
            generation: "1111111",
            expected: 3,
            holder: at.session.holder,
        });
        if (more) await record(at, { run: "another run", followsWrites: true, counted: undefined, ...more });
        else await setProperties(at.client, target.ref, mappingProperty(passes, undefined));
        await at.pair.insert("source", new Map([[9n, 1]]));
        at.said.length = 0;
        return at;
    }

    it("carries the writes over where the switch was made, and removes the baseline with the collection", async () => {
        for (const isMarked of [true, false]) {
            const at = await left({ phase: "switched" });
            const old = { ...(await at.seen(at.source)), ...(isMarked ? {} : { marker: undefined }) };
            const successor = await at.seen(at.target);
            const merge = { kind: "merge-late-writes", old, successor } as const;
            const { merged } = await execute([merge], at.work);
            expect(at.pair.rows("target").get(9n)).to.equal(1);
            expect(at.said.join()).to.include("1 late writes").and.not.include("comparing");
            await merged!.dropped();
            // Without it both are compared.
            await execute([merge], at.work);
            expect(at.said.join()).to.include("comparing");
        }
    });

    it("goes by what the program of the active collection says where the copy has no record", async () => {
        const at = await left(undefined);
        const inputs = { ...at.inputs, migration: { ...at.inputs.migration, grace: 1 } };
        activate({ work: at.work, inputs }, "2222222");
        const began = Date.now();
        await (await merge(at))!.dropped();
        expect(Date.now() - began).to.be.within(995, 20_000);
        expect(at.pair.rows("target").get(9n)).to.equal(1);
    });

    it("finds the active collection under the new owner of a resource that was renamed", async () => {
        const at = await stage();
        await record(at);
        const renamed = { ...newMarker, owner: "shop/prod/renamed" };
        await setProperties(at.client, at.target.ref, markerProperties(renamed));
        at.session.activeGenerations.set("shop/prod/renamed", { ...at.inputs, generation: "2222222" });
        expect((await merge(at))!.isActive).to.equal(true);

        const bare = await stage();
        await record(bare);
        activate(bare, "2222222");
        const old = { ...(await bare.seen(bare.source)), marker: undefined };
        const successor = await bare.seen(bare.target);
        const { merged } = await execute([{ kind: "merge-late-writes", old, successor }], bare.work);
        expect(merged!.isActive).to.equal(true);
    });
});
