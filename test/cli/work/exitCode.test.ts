import { expect } from "chai";

import { exitCodes } from "../../../cli/io";
import { isDue } from "../../../cli/work/due";
import { exitCodeOf } from "../../../cli/work/exitCode";
import type { Worked } from "../../../cli/work/result";
import { MilvusError } from "../../../provider/milvus/transport/errors";
import { type RunCode, RunError } from "../../../provider/migration/errors";

const run = (code: RunCode) => new RunError(code, "docs: what happened");
const unreachable = new MilvusError("unreachable", "localhost:19530: no Milvus answers there");
const taken = (["MV322", "MV332", "MV380"] as const).map(run);

describe("the exit code of a worker", () => {
    it("is the same with and without `--of`: run again where another worker is at work or the server is away", () => {
        for (const error of [...taken, unreachable]) expect(exitCodeOf([error])).to.equal(exitCodes.again);
        expect(exitCodeOf([...taken, unreachable])).to.equal(exitCodes.again);
    });

    it("is 143 after a signal, 1 where one error needs somebody, and 0 without errors", () => {
        expect(exitCodeOf([run("MV355"), run("MV309")])).to.equal(exitCodes.stopped);
        expect(exitCodeOf([...taken, run("MV309")])).to.equal(exitCodes.error);
        expect(exitCodeOf([new Error("a fault of this release")])).to.equal(exitCodes.error);
        expect(exitCodeOf([])).to.equal(exitCodes.done);
    });
});

describe("a worker that stays", () => {
    const last = (outcome: Worked["outcome"], error?: unknown) => {
        const about = { database: "default", owner: "shop/prod/docs", from: "old", to: "new", message: null };
        return { worked: { ...about, outcome }, at: 1_000, error };
    };

    it("turns after a minute to a ready copy, and to what a new attempt may mend", () => {
        for (const one of [
            last("ready"),
            last("failed", unreachable),
            ...taken.map((error) => last("busy", error)),
        ]) {
            expect(isDue(one, 60_999)).to.equal(false);
            expect(isDue(one, 61_000)).to.equal(true);
        }
        expect(isDue(undefined, 0)).to.equal(true);
    });

    it("leaves to somebody what no attempt mends, and a copy that is switched", () => {
        for (const one of [last("failed", run("MV309")), last("switched")])
            expect(isDue(one, 10_000_000)).to.equal(false);
    });
});
