import { expect } from "chai";

import { capabilitiesOf, calls, type Calls } from "../../../provider/observe/capabilitiesOf";
import { serverBugs } from "../../../provider/plan/mapping/serverBugs";

const all = Object.fromEntries(Object.keys(calls).map((name) => [name, true])) as Calls;
const messageOn = (text: string) =>
    serverBugs(capabilitiesOf(text, all))
        .map(({ message }) => message)
        .join();

describe("the known bugs of a server", () => {
    it("are warned of in the releases that have them, with the issues", () => {
        for (const text of ["v2.4.20", "v2.5.3", "v2.6.5"])
            expect(messageOn(text), text).to.include("#39422");
        expect(messageOn("v2.5.12")).to.include("#42555").and.not.include("#39422");
        expect(messageOn("v2.6.11")).to.include("#47972").and.not.include("#39422");
    });

    it("are none in the releases that have the fixes, on milvus-lite, and where only the line is known", () => {
        for (const text of ["v2.4.21", "v2.5.13", "v2.6.12", "v3.0.0", "v2.3.5-lite", "milvus_lite-3.2.2"])
            expect(messageOn(text), text).to.equal("");
        expect(messageOn("Zilliz Cloud. Compatible with Milvus 2.6")).to.equal("");
    });

    it("are listed with what each may do", () => {
        expect(messageOn("v2.5.3")).to.equal(
            "milvus 2.5.3 has known bugs: rows or deletes may be lost (milvus-io/milvus #33821, #34502, #38947, #39422, #43831, #45341); stored rows may be corrupted (milvus-io/milvus #42555).",
        );
        // The same numbers in another line of releases.
        for (const text of ["v3.5.3", "v1.4.20"]) expect(messageOn(text), text).to.equal("");
    });
});
