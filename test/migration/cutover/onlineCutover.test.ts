import { expect } from "chai";

import { type CutoverSettings, OnlineCutover } from "../../../provider/migration/cutover/onlineCutover";
import {
    type CutoverEvent,
    type Phase,
    Phases,
    transitions,
} from "../../../provider/migration/cutover/phases";
import type { CutoverSteps, Merged } from "../../../provider/migration/cutover/steps";
import { failure } from "../../fake/failure";

const quiet: Merged = { applied: 0, superseded: 0, ended: true };
const late: Merged = { applied: 3, superseded: 0, ended: true };
const unfinished: Merged = { applied: 0, superseded: 0, ended: false };

/** Steps that record their calls in order, and return what a test sets. */
class Steps implements CutoverSteps {
    readonly log: string[] = [];
    clock = 0;
    /** The results of the passes, in order; a quiet one when they are used up. */
    passes: (Merged | Error)[] = [];
    /** The duration of each pass in milliseconds. */
    passTakes = 0;
    isMoved = false;
    hasNewPartition = false;
    fences = true;
    lockError: Error | undefined;
    confirmError: Error | undefined;
    releaseError: Error | undefined;

    names = () => ({ source: "docs_old", target: "docs_new" });
    renamed = (): void => void this.log.push("renamed");
    now = (): number => this.clock;
    lock = () => {
        this.log.push("lock");
        if (this.lockError) return Promise.reject(this.lockError);
        return Promise.resolve({
            confirm: () => this.call("confirm", this.confirmError),
            release: () => this.call("release", this.releaseError),
        });
    };
    hasMoved = () => this.call("hasMoved").then(() => this.isMoved);
    carryPartitions = () => this.call("carryPartitions").then(() => this.hasNewPartition);
    open = async <T>(work: () => Promise<T>): Promise<T> => {
        this.log.push("open");
        const result = await work();
        this.log.push("close");
        return result;
    };
    merge = async (order: string, isBeforeSwitch: boolean): Promise<Merged> => {
        this.log.push(`${order}${isBeforeSwitch ? "" : ", after the switch"}`);
        await Promise.resolve();
        this.clock += this.passTakes;
        const found = this.passes.shift() ?? quiet;
        if (found instanceof Error) throw found;
        return found;
    };
    mergeUntilQuiet = (graceEnds: number) => this.call(`until quiet, from ${graceEnds}`);
    fence = () => this.call("fence").then(() => this.fences);
    liftFence = () => this.call("lift");
    record = (phase: string) => this.call(`record ${phase}`);
    forget = () => this.call("forget");

    private call(what: string, error?: Error): Promise<void> {
        this.log.push(what);
        return error ? Promise.reject(error) : Promise.resolve();
    }
}

const settings: CutoverSettings = { maxWritePause: 5, grace: 10, mayFence: true, lateWrites: 7 };

function open(given: Partial<CutoverSettings> = {}) {
    const steps = new Steps();
    return { steps, cutover: new OnlineCutover(steps, { ...settings, ...given }) };
}

/** The calls that `work` makes. */
async function logOf(steps: Steps, work: Promise<unknown>): Promise<string[]> {
    await work;
    return steps.log.splice(0);
}

describe("the phases of a cutover", () => {
    const phases = Object.keys(transitions) as Phase[];
    const events: CutoverEvent[] = ["fence", "lift", "catch-up", "overtake", "switch", "undo", "finish"];
    const table = `
        copied     fence     fenced
        copied     catch-up  caught-up
        copied     overtake  switched
        copied     undo      copied
        copied     finish    done
        fenced     lift      copied
        fenced     catch-up  caught-up
        fenced     undo      copied
        caught-up  switch    switched
        caught-up  undo      copied
        caught-up  finish    done
        switched   switch    switched
        switched   undo      switched
        switched   finish    done
        done       finish    done`;
    const allowed = new Map(
        table
            .trim()
            .split("\n")
            .map((line) => line.trim().split(/\s+/))
            .map(([from, event, to]) => [`${from} ${event}`, to]),
    );

    for (const phase of phases)
        for (const event of events) {
            const to = allowed.get(`${phase} ${event}`);
            it(`${to === undefined ? "refuses" : "allows"} ${event} in ${phase}`, () => {
                const at = new Phases(phase);
                if (to === undefined) {
                    expect(() => at.enter(event)).to.throw(`${event} is not possible in the phase ${phase}`);
                    expect(at.phase).to.equal(phase);
                } else {
                    at.enter(event);
                    expect(at.phase).to.equal(to);
                }
            });
        }
});

describe("a cutover with writers", () => {
    const locked = ["lock", "hasMoved"];

    it("makes no pass if the last one found nothing and no partition is new", async () => {
        const { steps, cutover } = open({ lateWrites: 0 });
        expect(await logOf(steps, cutover.prepareSwitch())).to.deep.equal([
            ...locked,
            "carryPartitions",
            "confirm",
        ]);
        expect(cutover.phase).to.equal("caught-up");
        expect(await logOf(steps, cutover.completeSwitch())).to.deep.equal(["release", "record switched"]);
        expect(cutover.phase).to.equal("switched");
    });

    it("makes its passes for a new partition even if the last pass found nothing", async () => {
        const { steps, cutover } = open({ lateWrites: 0 });
        steps.hasNewPartition = true;
        expect(await logOf(steps, cutover.prepareSwitch())).to.deep.equal([
            ...locked,
            "carryPartitions",
            "open",
            "tail ranges last",
            "close",
            "confirm",
        ]);
    });

    it("does not check for new partitions before passes, which check themselves", async () => {
        const { steps, cutover } = open();
        expect(await logOf(steps, cutover.prepareSwitch())).to.deep.equal([
            ...locked,
            "open",
            "tail ranges last",
            "close",
            "confirm",
        ]);
    });

    it("makes no pass after the switch if the pass before it found nothing", async () => {
        const { steps, cutover } = open({ lateWrites: undefined });
        await logOf(steps, cutover.prepareSwitch());
        expect(await logOf(steps, cutover.completeSwitch())).to.deep.equal(["release", "record switched"]);
    });

    it("blocks writes for the final pass while clients write, and makes a pass after the switch", async () => {
        const { steps, cutover } = open();
        steps.passes = [late, late, quiet];
        expect(await logOf(steps, cutover.prepareSwitch())).to.deep.equal([
            ...locked,
            "open",
            "tail ranges last",
            "fence",
            "tail ranges last",
            "close",
            "confirm",
        ]);
        // A fence lets some writes through.
        expect(await logOf(steps, cutover.completeSwitch())).to.deep.equal([
            "release",
            // Nothing waits for the record: clients may delete a row that the new collection does not have yet.
            "open",
            "tail ranges first, after the switch",
            "close",
            "record switched",
        ]);
    });

    it("blocks writes if a pass stopped behind writers that it could not follow", async () => {
        const { steps, cutover } = open();
        steps.passes = [unfinished];
        expect(await logOf(steps, cutover.prepareSwitch())).to.include("fence");
    });

    it("repeats the final pass over new rows until one reaches the end, at most five times", async () => {
        const { steps, cutover } = open();
        steps.passes = [late, unfinished, unfinished, quiet];
        expect(await logOf(steps, cutover.prepareSwitch())).to.deep.equal([
            ...locked,
            "open",
            "tail ranges last",
            "fence",
            "tail ranges last",
            "tail ranges alone",
            "tail ranges alone",
            "close",
            "confirm",
        ]);
        const other = open();
        other.steps.passes = [late, ...Array.from({ length: 9 }, () => unfinished)];
        const log = await logOf(other.steps, other.cutover.prepareSwitch());
        expect(log.slice(log.indexOf("fence") + 1, log.indexOf("close"))).to.have.length(5);
    });

    it("ends the short passes when they get no shorter", async () => {
        const { steps, cutover } = open({ maxWritePause: 0 });
        steps.passes = [late, late, late, late, late];
        steps.passTakes = 100;
        const log = await logOf(steps, cutover.prepareSwitch());
        expect(log.filter((call) => call === "tail ranges alone")).to.have.length(2);
    });

    it("records the switch and fails if the pass after it fails", async () => {
        const { steps, cutover } = open({ maxWritePause: 0 });
        steps.passes = [late, quiet, new Error("lost")];
        await logOf(steps, cutover.prepareSwitch());
        expect((await failure(cutover.completeSwitch())).message).to.equal("lost");
        expect(steps.log).to.include("record switched");
    });

    it("makes short passes over new rows, and one after the switch, if writes are not blocked", async () => {
        for (const given of [{ mayFence: false }, { maxWritePause: 0 }]) {
            const { steps, cutover } = open(given);
            steps.passes = [late, late, quiet];
            expect(await logOf(steps, cutover.prepareSwitch())).to.deep.equal([
                ...locked,
                "open",
                "tail ranges last",
                "tail ranges alone",
                "tail ranges alone",
                "close",
                "confirm",
            ]);
            expect(await logOf(steps, cutover.completeSwitch())).to.deep.equal([
                "release",
                "open",
                "tail ranges first, after the switch",
                "close",
                "record switched",
            ]);
        }
    });

    it("makes short passes if the fence does not take effect", async () => {
        const { steps, cutover } = open();
        steps.fences = false;
        steps.passes = [late, quiet];
        const log = await logOf(steps, cutover.prepareSwitch());
        expect(log.slice(log.indexOf("fence"))).to.deep.equal([
            "fence",
            "tail ranges alone",
            "close",
            "confirm",
        ]);
        expect(await logOf(steps, cutover.completeSwitch())).to.include(
            "tail ranges first, after the switch",
        );
    });

    it("makes at most five short passes behind writers that it cannot follow", async () => {
        const { steps, cutover } = open({ mayFence: false });
        steps.passes = Array.from({ length: 20 }, () => late);
        const log = await logOf(steps, cutover.prepareSwitch());
        expect(log.filter((call) => call === "tail ranges alone")).to.have.length(5);
    });

    it("repeats the pass before the fence until one is as short as maxWritePause", async () => {
        const { steps, cutover } = open();
        steps.passes = [late, late, late, quiet];
        steps.passTakes = 5001;
        const merge = steps.merge;
        let passes = 0;
        steps.merge = (order, isBeforeSwitch) => {
            if (++passes === 3) steps.passTakes = 5000;
            return merge(order, isBeforeSwitch);
        };
        const log = await logOf(steps, cutover.prepareSwitch());
        expect(log.slice(0, log.indexOf("fence"))).to.deep.equal([
            ...locked,
            "open",
            "tail ranges last",
            "tail ranges last",
            "tail ranges last",
        ]);
    });

    it("stops before the switch if five passes were longer than maxWritePause", async () => {
        const { steps, cutover } = open();
        steps.passes = Array.from({ length: 20 }, () => late);
        steps.passTakes = 6500;
        const error = await failure(cutover.prepareSwitch());
        expect(error).to.have.property("code", "MV325");
        expect(error.message).to.include("takes 7 s").and.include("migration.maxWritePause is 5");
        expect(steps.log.filter((call) => call === "tail ranges last")).to.have.length(5);
        expect(cutover.phase).to.equal("copied");
    });

    it("accepts a long pass once writers have stopped", async () => {
        const { steps, cutover } = open();
        steps.passes = [late, quiet];
        steps.passTakes = 60_000;
        await cutover.prepareSwitch();
        expect(cutover.phase).to.equal("caught-up");
        expect(steps.log).to.not.include("fence");
    });

    it("lifts the fence if the final pass fails, and can prepare the switch again", async () => {
        const { steps, cutover } = open();
        steps.passes = [late, new Error("the server is gone")];
        expect((await failure(cutover.prepareSwitch())).message).to.equal("the server is gone");
        expect(steps.log.at(-1)).to.equal("lift");
        expect(cutover.phase).to.equal("copied");
        steps.log.length = 0;
        await cutover.undoSwitch();
        expect(steps.log).to.deep.equal(["release", "lift"]);
        steps.log.length = 0;
        steps.passes = [late];
        await cutover.prepareSwitch();
        expect(steps.log.slice(0, 2)).to.deep.equal(locked);
        expect(cutover.phase).to.equal("caught-up");
    });

    it("makes no pass if another run has moved the alias", async () => {
        const { steps, cutover } = open();
        steps.isMoved = true;
        expect(await logOf(steps, cutover.prepareSwitch())).to.deep.equal(locked);
        expect(cutover.phase).to.equal("switched");
    });

    it("does not switch if another run took over the copy during the passes", async () => {
        const { steps, cutover } = open();
        steps.confirmError = new Error("another run");
        expect((await failure(cutover.prepareSwitch())).message).to.equal("another run");
        expect(cutover.phase).to.equal("copied");
    });

    it("does not lift the fence if another run holds or has taken the lease", async () => {
        const { steps, cutover } = open();
        steps.lockError = new Error("another run");
        await failure(cutover.prepareSwitch());
        expect(await logOf(steps, cutover.undoSwitch())).to.not.include("lift");

        const lost = open();
        await lost.cutover.prepareSwitch();
        lost.steps.releaseError = new Error("another run");
        expect(await logOf(lost.steps, lost.cutover.undoSwitch())).to.not.include("lift");
    });

    it("lifts the fence if the switch fails, and makes its passes again before the next attempt", async () => {
        const { steps, cutover } = open();
        steps.passes = [late, quiet];
        await logOf(steps, cutover.prepareSwitch());
        expect(await logOf(steps, cutover.undoSwitch())).to.deep.equal(["release", "lift"]);
        expect(cutover.phase).to.equal("copied");
        expect(await logOf(steps, cutover.prepareSwitch())).to.include("tail ranges last");
    });

    it("makes a pass after the switch if the fence was lifted in between", async () => {
        const { steps, cutover } = open();
        steps.passes = [late, quiet];
        await cutover.prepareSwitch();
        await cutover.completeSwitch();
        // The second alias fails, and its clients may write to the old collection again.
        await logOf(steps, cutover.undoSwitch());
        expect(cutover.phase).to.equal("switched");
        expect(await logOf(steps, cutover.completeSwitch())).to.include(
            "tail ranges first, after the switch",
        );
    });

    it("prepares once for several aliases, and makes a pass after each switch", async () => {
        const { steps, cutover } = open({ mayFence: false });
        steps.passes = [late];
        await logOf(steps, Promise.all([cutover.prepareSwitch(), cutover.prepareSwitch()]));
        expect(await logOf(steps, cutover.completeSwitch())).to.include(
            "tail ranges first, after the switch",
        );
        expect(await logOf(steps, cutover.prepareSwitch())).to.deep.equal([]);
        expect(await logOf(steps, cutover.completeSwitch())).to.include(
            "tail ranges first, after the switch",
        );
    });

    it("runs one call at a time", async () => {
        const { steps, cutover } = open();
        await Promise.all([cutover.prepareSwitch(), cutover.prepareSwitch()]);
        expect(steps.log.filter((call) => call === "lock")).to.have.length(1);
        expect(steps.log.filter((call) => call === "tail ranges last")).to.have.length(1);
    });

    it("works again after a failed call", async () => {
        const { steps, cutover } = open();
        steps.lockError = new Error("another run");
        const first = failure(cutover.prepareSwitch());
        const second = failure(cutover.prepareSwitch());
        await Promise.all([first, second]);
        steps.lockError = undefined;
        await cutover.prepareSwitch();
        expect(cutover.phase).to.equal("caught-up");
    });

    it("finishes with passes from the end of the grace after the switch", async () => {
        const { steps, cutover } = open();
        steps.clock = 1000;
        await cutover.prepareSwitch();
        await cutover.completeSwitch();
        steps.clock = 4000;
        expect(await logOf(steps, cutover.finish())).to.deep.equal([
            "lock",
            "hasMoved",
            "open",
            "tail ranges last",
            "close",
            "confirm",
            "release",
            "record switched",
            "open",
            "until quiet, from 11000",
            "close",
        ]);
        expect(cutover.phase).to.equal("done");
        await cutover.finish();
        expect(await logOf(steps, cutover.forget())).to.include("forget");
    });

    it("counts the grace from its creation if no alias moves", async () => {
        const steps = new Steps();
        steps.clock = 500;
        const cutover = new OnlineCutover(steps, settings);
        expect(await logOf(steps, cutover.finish())).to.include("until quiet, from 10500");
    });

    it("has no grace for a collection without rows, unless clients write to it", async () => {
        for (const [lateWrites, from] of [
            [0, 500],
            [3, 10500],
            [undefined, 10500],
        ] as const) {
            const steps = new Steps();
            steps.clock = 500;
            const cutover = new OnlineCutover(steps, { ...settings, isEmpty: true, lateWrites });
            expect(await logOf(steps, cutover.finish())).to.include(`until quiet, from ${from}`);
        }
    });

    it("passes the new names on after a swap", () => {
        const { steps, cutover } = open();
        cutover.renamed({ database: undefined, name: "a" }, { database: undefined, name: "b" });
        expect(steps.log).to.deep.equal(["renamed"]);
    });
});

describe("a cutover with writers that is interrupted", () => {
    it("keeps the lock of a preparation that failed for the next one", async () => {
        const { steps, cutover } = open();
        steps.passes = [new Error("the server is gone")];
        await failure(cutover.prepareSwitch());
        await cutover.prepareSwitch();
        expect(steps.log.filter((call) => call === "lock")).to.have.length(1);
        expect(await logOf(steps, cutover.completeSwitch())).to.include("record switched");
    });

    it("lifts a fence that an earlier process left where nothing was prepared", async () => {
        const { steps, cutover } = open();
        expect(await logOf(steps, cutover.undoSwitch())).to.deep.equal(["lift"]);
        expect(cutover.phase).to.equal("copied");
    });

    it("needs no lock where the server keeps no leases", async () => {
        const { steps, cutover } = open({ mayFence: false });
        steps.lock = () => Promise.resolve(undefined as never);
        steps.passes = [late];
        await cutover.prepareSwitch();
        expect(cutover.phase).to.equal("caught-up");
        await cutover.completeSwitch();
        expect(cutover.phase).to.equal("switched");
        expect(steps.log).to.not.include("release");
    });

    it("goes on from the phase that another process has reached", async () => {
        const steps = new Steps();
        const cutover = new OnlineCutover(steps, settings, "switched");
        await cutover.prepareSwitch();
        expect(steps.log).to.deep.equal([]);
        await cutover.finish();
        expect(cutover.phase).to.equal("done");
    });

    it("refuses a switch that was not prepared, with the code of a mistake of the provider", async () => {
        const { steps, cutover } = open();
        expect(await failure(cutover.completeSwitch())).to.have.property("code", "MV348");
        expect(steps.log).to.deep.equal([]);
        expect(new Phases().phase).to.equal("copied");
    });
});
