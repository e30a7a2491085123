import { expect } from "chai";
import fc from "fast-check";

import { composed, type Lineage, lineageBetween, type Onward } from "../../../provider/plan/mapping/lineage";

const lineage = (fields: [string, string][], more: Partial<Lineage> = {}): Lineage => ({
    fields,
    movedToDynamicField: [],
    fromDynamicField: [],
    regeneratesKeys: false,
    ...more,
});

/** Renames, drops and additions of fields that are called by letters. */
const anyLineage = fc
    .tuple(fc.uniqueArray(fc.constantFrom("a", "b", "c", "d")), fc.shuffledSubarray(["a", "b", "c", "d"]))
    .map(([from, to]) => lineage(from.slice(0, to.length).map((name, at) => [name, to[at]!])));

describe("the lineage of fields", () => {
    it("follows renames across two migrations, and ends where a field is dropped", () => {
        const first = lineage([
            ["page_num", "page"],
            ["text", "text"],
            ["lang", "lang"],
        ]);
        const second = lineage([
            ["page", "sheet"],
            ["text", "text"],
        ]);
        expect(composed(first, second).fields).to.deep.equal([
            ["page_num", "sheet"],
            ["text", "text"],
        ]);
    });

    it("follows a field into the dynamic field, and out of it", () => {
        const moved = lineage([], { movedToDynamicField: ["notes"] });
        const again = lineage([], { fromDynamicField: [["notes", "remarks"]] });
        expect(composed(moved, again)).to.deep.equal(lineage([["notes", "remarks"]]));
        const renamed = lineage([["remarks", "notes"]]);
        expect(composed(renamed, moved).movedToDynamicField).to.deep.equal(["remarks"]);
        expect(composed(moved, lineage([])).movedToDynamicField).to.deep.equal(["notes"]);
    });

    it("remembers a key of the dynamic field that became a field", () => {
        const taken = lineage([], { fromDynamicField: [["place", "place"]] });
        expect(composed(taken, lineage([["place", "city"]])).fromDynamicField).to.deep.equal([
            ["place", "city"],
        ]);
        expect(composed(lineage([]), taken).fromDynamicField).to.deep.equal([["place", "place"]]);
    });

    it("says once that keys were generated", () => {
        const regenerated = lineage([], { regeneratesKeys: true });
        expect(composed(regenerated, lineage([])).regeneratesKeys).to.equal(true);
        expect(composed(lineage([]), regenerated).regeneratesKeys).to.equal(true);
        expect(composed(lineage([]), lineage([])).regeneratesKeys).to.equal(false);
    });

    it("is the same however three migrations are put together", () => {
        fc.assert(
            fc.property(anyLineage, anyLineage, anyLineage, (one, two, three) => {
                expect(composed(composed(one, two), three)).to.deep.equal(
                    composed(one, composed(two, three)),
                );
            }),
        );
    });
});

describe("the lineage between two collections", () => {
    const step = (to: string, from: string, now: string): Onward => ({ to, lineage: lineage([[from, now]]) });
    const onwards = new Map([
        ["1", step("2", "a", "b")],
        ["2", step("3", "b", "c")],
    ]);

    it("goes across those between them", () => {
        expect(lineageBetween("1", "3", onwards)?.fields).to.deep.equal([["a", "c"]]);
        expect(lineageBetween("2", "3", onwards)?.fields).to.deep.equal([["b", "c"]]);
    });

    it("is unknown where a part of it is, or where it leads elsewhere", () => {
        expect(lineageBetween("1", "4", onwards)).to.equal(undefined);
        expect(lineageBetween("0", "3", onwards)).to.equal(undefined);
        expect(lineageBetween("1", "9", new Map([["1", step("1", "a", "a")]]))).to.equal(undefined);
    });
});
