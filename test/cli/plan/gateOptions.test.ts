import { expect } from "chai";
import { Command } from "commander";

import { addGateOptions, gateOf } from "../../../cli/plan/gateOptions";
import { testIo } from "../../support/cli/testIo";

function given(...args: string[]) {
    const command = addGateOptions(
        new Command("alter").exitOverride().configureOutput({ writeErr: () => undefined }),
    );
    command.parse(args, { from: "user" });
    return gateOf({ ...testIo(), folder: "/program" }, command.opts());
}

describe("the options of a gate", () => {
    it("set no gate where none is given, and one with its defaults by --gate alone", () => {
        expect(given()).to.equal(undefined);
        expect(given("--gate")).to.deep.equal({});
    });

    it("are a number of rows or a file, a module, the bar and the parameters of the searches", () => {
        expect(given("--gate", "50", "--min-recall", "0.9", "--max-latency-ratio", "1.5")).to.deep.equal({
            queries: 50,
            minRecall: 0.9,
            maxLatencyRatio: 1.5,
        });
        expect(
            given("--gate", "q.jsonl", "--gate-module", "gate.js", "--search-params", '{"vector":{"ef":64}}'),
        ).to.deep.equal({
            queries: "/program/q.jsonl",
            module: "/program/gate.js",
            searchParams: { vector: { ef: 64 } },
        });
    });

    it("refuse what is no number or no JSON object", () => {
        expect(() => given("--min-recall", "high")).to.throw("Give a number from 0 on");
        expect(() => given("--search-params", "ef=64")).to.throw("Give a JSON object");
        expect(() => given("--search-params", "[1]")).to.throw("Give a JSON object");
    });
});
