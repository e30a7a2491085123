import { expect } from "chai";

import { createAlias } from "../../../provider/milvus/collection/aliases";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { loadState, releaseCollection } from "../../../provider/milvus/collection/loading";
import { property } from "../../../provider/observe/properties";
import { OnlineCutover } from "../../../provider/migration/cutover/onlineCutover";
import { PausedCutover } from "../../../provider/migration/cutover/pausedCutover";
import { prepareCutover } from "../../../provider/migration/cutover/prepareCutover";
import { type CutoverRecord, cutoverProperty } from "../../../provider/migration/properties/cutoverRecord";
import { mappingProperty } from "../../../provider/migration/properties/rowMapping";
import { fullRanges } from "../../../provider/migration/read/endpoint";
import { execute } from "../../../provider/resource/recovery/execute";
import { failure } from "../../fake/failure";
import { newMarker, stage, type Stage } from "./stage";

const together = { kind: "together" } as const;
const RUN = "a run of the tests";
const late = new Map([
    [1n, 2],
    [2n, 1],
    [9n, 1],
]);

async function record(at: Stage, more: Partial<CutoverRecord> | undefined): Promise<void> {
    const whole = {
        phase: "copied",
        run: RUN,
        followsWrites: true,
        counted: undefined,
        spec: at.work.spec,
    } as const;
    await setProperties(at.client, at.target.ref, {
        ...mappingProperty({ mapping: at.pair.mapping, partitions: together }, undefined),
        ...(more && cutoverProperty({ ...whole, ...more })),
    });
}

async function resume(at: Stage) {
    const [old, successor] = [await at.seen(at.source), await at.seen(at.target)];
    return (await execute([{ kind: "resume-cutover", old, successor }], at.work)).cutover;
}

describe("a cutover that is resumed in the same run", () => {
    it("is the one of this process, where there is one", async () => {
        const at = await stage();
        await record(at, { counted: 3, followsWrites: false });
        const first = await resume(at);
        expect(first).to.be.instanceOf(PausedCutover);
        expect(first!.phase).to.equal("copied");
        expect(at.session.activeCutovers.bySource("1111111")).to.equal(first);
        expect(at.session.activeCutovers.targetOf("1111111")).to.deep.equal(at.target);
        expect(await resume(at)).to.equal(first);
    });

    it("goes by the count of another process", async () => {
        const at = await stage();
        await record(at, { counted: 3, followsWrites: false });
        const cutover = (await resume(at))!;
        await cutover.prepareSwitch();
        await cutover.completeSwitch();
        await at.pair.insert("source", new Map([[9n, 1]]));
        expect(await failure(cutover.finish())).to.have.property("code", "MV341");
    });

    it("goes by the baseline of another process, and compares no row again", async () => {
        const at = await stage();
        await record(at, {});
        const { source, target, client, work } = at;
        const made = await prepareCutover({
            source,
            target,
            mapping: at.pair.mapping,
            partitions: together,
            ranges: fullRanges(together, 3),
            batchBytes: 1 << 20,
            report: work.report,
            spec: work.spec,
            marker: newMarker,
            generation: "1111111",
            expected: 3,
            holder: at.session.holder,
        });
        at.said.length = 0;
        await at.pair.become("source", late);
        const cutover = (await resume(at))!;
        expect(cutover).to.be.instanceOf(OnlineCutover).and.not.equal(made);
        expect(at.said).to.deep.equal([]);
        expect(at.pair.rows("target")).to.not.deep.equal(late);
        await cutover.prepareSwitch();
        expect(at.pair.rows("target")).to.deep.equal(late);
        await cutover.forget();
        expect(await loadState(client, source.ref)).to.equal("loaded");
    });
});

describe("a cutover that is resumed by a later run", () => {
    it("carries over what was written since, loads the copy, and lets the lease go", async () => {
        for (const run of [RUN, "another run"]) {
            const at = await stage();
            await record(at, { run });
            await at.pair.become("source", late);
            await releaseCollection(at.client, at.target.ref);
            const cutover = (await resume(at))!;
            expect(at.pair.rows("target")).to.deep.equal(late);
            expect(at.said.join("\n")).to.include("carrying over the writes made since then");
            expect(await loadState(at.client, at.target.ref)).to.equal("loaded");
            expect((await at.seen(at.target)).lease).to.equal("none");
            expect(at.session.activeCutovers.bySource("1111111")).to.equal(cutover);
            await cutover.forget();
        }
    });

    it("leaves the old collection as it was where that was not loaded", async () => {
        const at = await stage();
        await record(at, { run: "another run" });
        await releaseCollection(at.client, at.source.ref);
        await (await resume(at))!.forget();
        expect(await loadState(at.client, at.source.ref)).to.not.equal("loaded");
    });

    it("goes by the settings of the program, and not by those of the interrupted run", async () => {
        const at = await stage();
        const { migration, ...spec } = at.work.spec;
        await record(at, { run: "another run" });
        const work = { ...at.work, spec: { ...spec, migration: { ...migration, grace: 0.2 } } };
        const cutover = (await resume({ ...at, work }))!;
        await cutover.prepareSwitch();
        await cutover.completeSwitch();
        await cutover.finish();
        expect(at.said.join("\n")).to.include("migration.grace");
        await cutover.forget();
    });

    it("lifts the fence that the interrupted run has left", async () => {
        const at = await stage();
        await record(at, { run: "another run" });
        await setProperties(at.client, at.source.ref, { [property.fenced]: "" });
        await (await resume(at))!.forget();
        expect((await at.seen(at.source)).isFenced).to.equal(false);
    });

    it("does nothing where the alias has moved meanwhile, or the copy tells nothing of its rows", async () => {
        const moved = await stage();
        await record(moved, { run: "another run" });
        await setProperties(moved.client, moved.source.ref, { [property.fenced]: "" });
        const [old, successor] = [await moved.seen(moved.source), await moved.seen(moved.target)];
        await createAlias(moved.client, { database: undefined, alias: "live" }, moved.target.ref.name);
        await moved.pair.become("source", late);
        const { cutover } = await execute([{ kind: "resume-cutover", old, successor }], moved.work);
        expect(cutover).to.equal(undefined);
        expect(moved.pair.rows("target")).to.not.deep.equal(late);
        expect((await moved.seen(moved.source)).isFenced).to.equal(true);
        expect((await moved.seen(moved.target)).lease).to.equal("none");
        expect(moved.session.activeCutovers.targetOf("1111111")).to.equal(undefined);

        const untold = await stage();
        expect(await resume(untold)).to.equal(undefined);
    });

    it("refuses rows that were written since, where the migration does not follow writes", async () => {
        const at = await stage();
        await record(at, { run: "another run", followsWrites: false, counted: 3 });
        expect(await resume(at)).to.equal(undefined);
        await at.pair.become("source", late);
        const error = await failure(resume(at));
        expect(error).to.have.property("code", "MV343");
        expect(error.message).to.include(at.source.ref.name).and.include("1 missing (9)");
        expect((await at.seen(at.target)).lease).to.equal("none");
    });

    it("goes by the program where the copy has no record", async () => {
        const at = await stage();
        await record(at, undefined);
        await at.pair.become("source", late);
        const cutover = (await resume(at))!;
        expect(at.pair.rows("target")).to.deep.equal(late);
        await cutover.forget();

        const paused = await stage();
        await record(paused, undefined);
        await paused.pair.become("source", late);
        const { spec } = paused.work;
        const migration = { ...spec.migration, writes: "paused" as const };
        const error = await failure(
            resume({ ...paused, work: { ...paused.work, spec: { ...spec, migration } } }),
        );
        expect(error).to.have.property("code", "MV343");
    });

    it("leaves a copy alone that another run works on", async () => {
        const at = await stage();
        await record(at, { run: "another run" });
        await at.pair.become("source", late);
        const { properties } = at.fake.collections().find(({ name }) => name === at.target.ref.name)!;
        const lease = { id: "other", machine: "ci-runner-7", pid: 4711, until: Date.now() + 300 };
        properties.set("pulumi.lease", JSON.stringify(lease));
        const say = () =>
            void properties.set("pulumi.lease", JSON.stringify({ ...lease, until: lease.until + 60_000 }));
        const report = { say, progress: () => undefined };
        const error = await failure(resume({ ...at, work: { ...at.work, report } }));
        expect(error).to.have.property("code", "MV322");
        expect(at.pair.rows("target")).to.not.deep.equal(late);
    });
});
