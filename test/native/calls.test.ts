import { expect } from "chai";

import { Calls, type Ended } from "../../provider/native/calls";
import { pause, stopPoint } from "../../provider/milvus/transport/stopPoint";
import { failure } from "../fake/failure";

class Stopped extends Error {
    constructor(readonly ended: Ended) {
        super(ended.kind);
    }
}
const stopped = (ended: Ended) => new Stopped(ended);
/** Work that comes to no stop point is not waited for here. */
const newCalls = () => new Calls(0);
const never = () => new Promise<never>(() => undefined);

describe("calls of the engine", () => {
    it("end with their work, its answer or its error", async () => {
        const calls = newCalls();
        expect(await calls.run(0, () => Promise.resolve(7), stopped)).to.equal(7);
        expect(
            await failure(calls.run(60, () => Promise.reject(new Error("refused")), stopped)),
        ).to.have.property("message", "refused");
    });

    it("end when their time is over, and only then", async () => {
        const calls = newCalls();
        expect(await failure(calls.run(0.02, never, stopped))).to.have.deep.property("ended", {
            kind: "timeout",
            seconds: 0.02,
        });
    });

    it("end when the engine cancels, all of them and every later one", async () => {
        const calls = newCalls();
        const both = [calls.run(0, never, stopped), calls.run(60, never, stopped)].map(failure);
        calls.cancel();
        for (const error of await Promise.all(both)) expect(error).to.have.property("message", "cancelled");
        let begun = false;
        const late = calls.run(0, () => ((begun = true), Promise.resolve()), stopped);
        expect(await failure(late)).to.have.property("message", "cancelled");
        expect(begun).to.equal(false);
    });

    it("end their work at its next stop point, and wait until it has put away what it has", async () => {
        const calls = new Calls();
        const done: string[] = [];
        const working = calls.run(
            0,
            async () => {
                try {
                    for (;;) await pause(1);
                } finally {
                    await new Promise((resolve) => setTimeout(resolve, 5));
                    done.push("released");
                }
            },
            stopped,
        );
        const other = calls.run(0, () => Promise.resolve(stopPoint()), stopped);
        await other;
        calls.cancel();
        expect(await failure(working)).to.have.property("message", "cancelled");
        expect(done).to.deep.equal(["released"]);
    });

    it("answer what their work came to, where it was done all the same", async () => {
        const calls = new Calls();
        let finish: (answer: number) => void;
        const working = calls.run(0, () => new Promise<number>((resolve) => (finish = resolve)), stopped);
        calls.cancel();
        finish!(7);
        expect(await working).to.equal(7);
    });

    it("stop nothing that is done outside of them", () => {
        const calls = new Calls();
        calls.cancel();
        expect(stopPoint).to.not.throw();
    });
});
