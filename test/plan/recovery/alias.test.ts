import { expect } from "chai";

import { type AliasMove, planAliasMove } from "../../../provider/plan/recovery/alias";
import { generationOf, successorOf, unmarked } from "./generation";

const old = generationOf("1111111", {}, { aliases: ["live"], successor: successorOf("2222222") });
const target = generationOf("2222222", { from: "1111111" });
const move: AliasMove = { alias: "live", old, target, active: "2222222", isSameStack: true };
const resumed = [{ kind: "resume-cutover", old, successor: target }];

describe("the plan of an alias move", () => {
    it("resumes the cutover where the target took over the rows and no client uses it", () => {
        expect(planAliasMove(move)).to.deep.equal(resumed);
    });

    it("does nothing where a collection is missing or has no marker", () => {
        for (const given of [
            { old: undefined },
            { target: undefined },
            { old: unmarked("docs_1111111", { successor: successorOf("2222222") }) },
            { target: unmarked("docs_2222222") },
        ])
            expect(planAliasMove({ ...move, ...given }), JSON.stringify(given)).to.deep.equal([]);
    });

    it("does nothing where the target did not take over the rows", () => {
        for (const given of [
            { old: generationOf("1111111", {}, { aliases: ["live"] }) },
            { old: generationOf("1111111", {}, { successor: successorOf("3333333") }) },
            { target: generationOf("2222222", { from: "0000000" }) },
            { target: generationOf("2222222") },
        ])
            expect(planAliasMove({ ...move, ...given }), JSON.stringify(given)).to.deep.equal([]);
    });

    it("does nothing where clients use the target", () => {
        const used = generationOf("2222222", { from: "1111111" }, { aliases: ["also-live"] });
        expect(planAliasMove({ ...move, target: used })).to.deep.equal([]);
    });

    it("does nothing where another generation took over since", () => {
        expect(planAliasMove({ ...move, active: "3333333" })).to.deep.equal([]);
    });

    it("refuses where the collection of the same stack is left out of the run", () => {
        expect(planAliasMove({ ...move, active: undefined })).to.deep.equal([
            {
                kind: "refuse",
                reason: "collection-left-out",
                alias: "live",
                from: "docs_1111111",
                to: "docs_2222222",
            },
        ]);
        expect(planAliasMove({ ...move, active: undefined, isSameStack: false })).to.deep.equal([]);
    });
});
