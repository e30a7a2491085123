import { expect } from "chai";

import { capabilitiesOf, calls, type Calls } from "../../../provider/observe/capabilitiesOf";
import { serverBugs } from "../../../provider/plan/mapping/serverBugs";
import { collection, field, hnsw, id, vector } from "../arbitrary";

const all = Object.fromEntries(Object.keys(calls).map((name) => [name, true])) as Calls;
const plain = { source: { enableDynamicField: false }, target: collection() };
const messageOn = (text: string, sides = plain) =>
    serverBugs(capabilitiesOf(text, all), sides)
        .map(({ message }) => message)
        .join();

describe("the known bugs of a server", () => {
    it("are warned of in the releases that have them, with the issues", () => {
        for (const text of ["v2.4.20", "v2.5.3", "v2.6.5"])
            expect(messageOn(text), text).to.include("#39422");
        expect(messageOn("v2.5.12")).to.include("#42555").and.not.include("#39422");
        expect(messageOn("v2.6.11")).to.include("#47972").and.not.include("#39422");
        expect(messageOn("v2.6.20")).to.include("#51298").and.not.include("#47972");
    });

    it("are named only where the collections can meet them", () => {
        const standard = field({ name: "stars", dataType: "Int32", defaultValue: 3 });
        const image = field({ name: "image", dataType: "FloatVector", dim: 4, nullable: true });
        const withDefault = { ...plain, target: collection({ fields: [id, vector, standard] }) };
        const withImage = collection({
            fields: [id, vector, image],
            indexes: [hnsw, { ...hnsw, field: "image", name: "image" }],
        });
        const dynamic = { ...plain, source: { enableDynamicField: true } };
        for (const [text, sides, issue] of [
            ["v2.6.11", withDefault, "#48016"],
            ["v2.6.14", dynamic, "#48977"],
            ["v2.6.23", { ...plain, target: withImage }, "#52978"],
        ] as const) {
            expect(messageOn(text, sides), text).to.include(issue);
            expect(messageOn(text), text).to.not.include(issue);
        }
    });

    it("are none in the releases that have the fixes, on milvus-lite, and where only the line is known", () => {
        for (const text of ["v2.4.21", "v2.5.13", "v2.6.21", "v3.0.0", "v2.3.5-lite", "milvus_lite-3.2.2"])
            expect(messageOn(text), text).to.equal("");
        expect(messageOn("Zilliz Cloud. Compatible with Milvus 2.6")).to.equal("");
    });

    it("are listed with what each may do", () => {
        expect(messageOn("v2.5.3")).to.equal(
            "milvus 2.5.3 has known bugs: rows or deletes may be lost (milvus-io/milvus #33821, #34502, #33980, #38947, #39422, #43831, #45341); stored rows may be corrupted (milvus-io/milvus #42555).",
        );
        // The same numbers in another line of releases.
        for (const text of ["v3.5.3", "v1.4.20"]) expect(messageOn(text), text).to.equal("");
    });
});
