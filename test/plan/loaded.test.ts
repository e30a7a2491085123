import { expect } from "chai";

import { normalizeCollection } from "../../provider/inputs/normalize";
import { type CollectionArguments, CollectionInputs } from "../../provider/inputs/schema/collection";
import { type Calls, calls, capabilitiesOf } from "../../provider/observe/capabilitiesOf";
import { recorded } from "../../provider/plan/offline";
import { planCollection } from "../../provider/plan/plan";

const all = Object.fromEntries(Object.keys(calls).map((name) => [name, true])) as Calls;
const vector = { name: "vector", dataType: "FloatVector", dim: 2 } as const;
const id = { name: "id", dataType: "Int64", isPrimaryKey: true } as const;
const page = { name: "page", dataType: "Int64" } as const;
const words = { name: "words", dataType: "Array", elementType: "VarChar", maxCapacity: 4 } as const;
const indexed = { field: "vector", indexType: "FLAT", metricType: "L2" } as const;

/** The kinds of steps that turn a loaded collection into another, or the verdict where it is not changed in place. */
function stepsOn(version: string, before: Partial<CollectionArguments>, after: Partial<CollectionArguments>) {
    const [deployed, target] = [before, after].map((args) =>
        normalizeCollection(
            CollectionInputs.parse({ fields: [id, vector, page], indexes: [indexed], ...args }),
        ),
    ) as [ReturnType<typeof normalizeCollection>, ReturnType<typeof normalizeCollection>];
    const capabilities = capabilitiesOf(version, all);
    const source = { ...recorded(deployed), loadState: "loaded" as const };
    const plan = planCollection({ deployed, target, source, rows: 10, capabilities, unknowns: false });
    return plan.verdict === "update" ? plan.updates.map(({ kind }) => kind) : plan.verdict;
}

describe("a change of a loaded collection", () => {
    const scalar = (indexType: string) => ({ indexes: [indexed, { field: "page", indexType }] });

    it("drops and builds a scalar index while it serves since Milvus 2.6.2", () => {
        const change = ["drop-index", "create-index"];
        expect(stepsOn("v2.6.1", scalar("STL_SORT"), scalar("INVERTED"))).to.deep.equal([
            "release",
            ...change,
            "load",
        ]);
        expect(stepsOn("v2.6.2", scalar("STL_SORT"), scalar("INVERTED"))).to.deep.equal(change);
        expect(stepsOn("v2.6.2", scalar("STL_SORT"), {})).to.deep.equal(["drop-index"]);
    });

    it("loads more replicas while it serves since Milvus 2.4.13, and other resource groups after a release", () => {
        const [one, two] = [1, 2].map((replicas) => ({ load: { replicas } }));
        expect(stepsOn("v2.4.12", one!, two!)).to.deep.equal(["release", "load"]);
        expect(stepsOn("v2.4.13", one!, two!)).to.deep.equal(["load"]);
        const elsewhere = { load: { replicas: 2, resourceGroups: ["rg"] } };
        expect(stepsOn("v2.4.13", one!, elsewhere)).to.deep.equal(["release", "load"]);
    });

    it("is copied for a new default that the server would not fill (before 2.6.6, and 3.0.0)", () => {
        const added = {
            fields: [id, vector, page, { ...page, name: "stars", nullable: true, defaultValue: 3 }],
        };
        for (const version of ["v2.6.5", "v3.0.0"])
            expect(stepsOn(version, {}, added), version).to.equal("migrate");
        for (const version of ["v2.6.6", "v3.0.1"])
            expect(stepsOn(version, {}, added), version).to.deep.equal(["add-field"]);
    });

    it("takes a longer maxLength of an Array of VarChar, and no query mode beside a vector index", () => {
        const long = (maxLength: number) => ({ fields: [id, vector, { ...words, maxLength }] });
        expect(stepsOn("v2.6.18", long(8), long(16))).to.deep.equal(["alter-field"]);
        const mode = { properties: { query_mode: "a" } };
        expect(stepsOn("v2.6.18", {}, mode)).to.equal("migrate");
    });
});
