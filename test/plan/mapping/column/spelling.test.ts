import { expect } from "chai";

import { asServerSpells } from "../../../../provider/plan/mapping/column/spelling";
import { fill, fillOfNulls } from "../../../../provider/plan/mapping/column/fill";
import { field } from "../../arbitrary";

describe("a value in the spelling of the server", () => {
    it("is an instant in UTC, with its fraction", () => {
        for (const [written, returned] of [
            ["2025-05-01T12:00:00Z", "2025-05-01T12:00:00Z"],
            ["2025-05-01T12:00:00+02:00", "2025-05-01T10:00:00Z"],
            ["2025-05-01 12:00:00.120000-01:30", "2025-05-01T13:30:00.12Z"],
            ["2025-05-01T12:00:00.000Z", "2025-05-01T12:00:00Z"],
            ["2025-05-01T12:00:00.123456Z", "2025-05-01T12:00:00.123456Z"],
            // In the time zone of the collection, which the plan does not know.
            ["2025-05-01T12:00:00", "2025-05-01T12:00:00"],
            ["2025-05-01", "2025-05-01"],
            [1746100800000000, 1746100800000000],
        ] as const)
            expect(asServerSpells({ dataType: "Timestamptz" }, written)).to.equal(returned);
    });

    it("is a shape with blanks where the server writes them", () => {
        for (const [written, returned] of [
            ["POINT (1 2)", "POINT (1 2)"],
            ["point(1 2)", "POINT (1 2)"],
            ["POLYGON((0 0,1 0 , 0 0))", "POLYGON ((0 0, 1 0, 0 0))"],
            ["MULTIPOINT ( (1 2),(3 4) )", "MULTIPOINT ((1 2), (3 4))"],
        ] as const)
            expect(asServerSpells({ dataType: "Geometry" }, written)).to.equal(returned);
    });

    it("leaves any other value, and fills existing rows and NULLs", () => {
        expect(asServerSpells({ dataType: "VarChar" }, "point(1 2)")).to.equal("point(1 2)");
        const place = field({ name: "place", dataType: "Geometry", backfill: "point(1 2)" });
        expect(fill(place)).to.deep.include({ source: { kind: "constant", value: "POINT (1 2)" } });
        expect(fillOfNulls(place)).to.equal("POINT (1 2)");
    });
});
