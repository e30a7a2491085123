import { expect } from "chai";

import type { Refused } from "../../../provider/plan/recovery/action";
import { refusalError } from "../../../provider/resource/recovery/refusals";

const name = "docs_1111111";
const aliases = ["live", "reports"];
const refusals: Record<string, [Refused, ...string[]]> = {
    MV307: [{ reason: "gone", name }, name],
    MV329: [{ reason: "unlisted", name }, name],
    MV328: [{ reason: "swapped", name }, name],
    MV330: [
        { reason: "copy-in-service", name, aliases, generation: "0000000" },
        name,
        "0000000",
        "live, reports",
    ],
    MV326: [
        { reason: "not-switched", name, copy: "docs_2222222", aliases },
        name,
        "docs_2222222",
        "live, reports",
    ],
    MV327: [
        { reason: "collection-left-out", alias: "live", from: name, to: "docs_2222222" },
        "live",
        name,
        "docs_2222222",
    ],
    MV342: [{ reason: "successor-unknown", name, why: "gone" }, name, "that took over its rows is gone"],
    MV304: [{ reason: "aliased", name, aliases }, name, "live, reports"],
    MV306: [{ reason: "delete-before-replace", name, rows: 7 }, name, "7 rows"],
};

describe("the error of a refusal", () => {
    for (const [code, [refused, ...words]] of Object.entries(refusals))
        it(`has the code ${code} and names what it is about where the reason is ${refused.reason}`, () => {
            const error = refusalError(refused);
            expect(error).to.have.property("code", code);
            for (const word of words) expect(error.message).to.include(word);
        });

    it("tells a successor that is gone from none at all", () => {
        const none = refusalError({ reason: "successor-unknown", name, why: "none" });
        expect(none).to.have.property("code", "MV342");
        expect(none.message).to.include("no collection took them over");
    });
});
