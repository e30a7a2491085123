import { expect } from "chai";

import { copiesOf, locateRecorded, retiredName } from "../../../provider/plan/recovery/situation";
import { generationOf, owner, unmarked } from "./generation";

const recorded = { name: "docs", generation: "1111111", isMarked: true };

describe("the copies of a generation", () => {
    it("are those of its owner that took its rows, but none that is retained", () => {
        const from = "1111111";
        const building = generationOf("2222222", { from, state: "building" });
        const live = generationOf("3333333", { from });
        const found = [
            unmarked("docs"),
            building,
            live,
            generationOf("4444444", { from, state: "previous" }),
            generationOf("5555555", { from, owner: "shop/dev/docs" }),
            generationOf("6666666", { from: "0000000" }),
        ];
        expect(copiesOf({ found }, from, owner)).to.deep.equal([building, live]);
    });
});

describe("the place of the recorded collection", () => {
    it("is its own name, though a collection of the same generation comes first", () => {
        const twin = generationOf("1111111");
        const own = generationOf("1111111", {}, { ref: { database: undefined, name: "docs" } });
        const found = [twin, own];
        const names = new Set(["docs_1111111", "docs"]);
        expect(locateRecorded({ found, names, recorded })).to.equal(own);
    });

    it("has a retired name that follows from name and generation", () => {
        expect(retiredName(recorded)).to.equal("docs_1111111");
    });
});
