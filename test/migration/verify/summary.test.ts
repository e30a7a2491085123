import { expect } from "chai";

import type { ColumnMapping, ColumnSource, RowMapping } from "../../../provider/plan/mapping/mapping";
import { Field } from "../../../provider/inputs/schema/field";
import { verifiedText } from "../../../provider/migration/verify/summary";

const column = (name: string, source: ColumnSource): ColumnMapping => ({
    to: Field.parse({ name, dataType: "Int64" }),
    source,
});
const mapping = (columns: ColumnMapping[], more: Partial<RowMapping> = {}): RowMapping => ({
    columns,
    dropped: [],
    dynamic: "none",
    key: { from: "id", to: "id", dataType: "Int64", regenerate: false },
    ...more,
});
const none = column("lang", { kind: "null" });
const docs = { name: "docs_ba4d643", rows: 2_000, seconds: 3 };

describe("the summary of a verification", () => {
    it("has the number of compared rows and the duration", () => {
        expect(verifiedText({ ...docs, mapping: mapping([none]), by: "keys" })).to.equal(
            "verified docs_ba4d643: 2,000 rows compared value by value in 3 s",
        );
    });

    it("names the columns that cannot be compared, with the reason", () => {
        const columns = [none, column("sparse", { kind: "omit" }), column("vector", { kind: "transform" })];
        const kept = { columns: [column("draft", { kind: "null" })], dynamic: true };
        expect(
            verifiedText({ ...docs, mapping: mapping(columns, { targetOnly: kept }), by: "keys" }),
        ).to.equal(
            "verified docs_ba4d643: 2,000 rows compared value by value in 3 s; not compared: " +
                "sparse (made by the server), vector (made by the transform), draft (retained value), $meta (retained value)",
        );
    });

    it("reports a comparison as a multiset for rows with new keys", () => {
        const columns = [column("id", { kind: "omit" }), none];
        expect(verifiedText({ ...docs, mapping: mapping(columns), by: "multiset" })).to.equal(
            "verified docs_ba4d643: 2,000 rows compared value by value in 3 s, as a multiset, because their keys are new; " +
                "not compared: id (made by the server)",
        );
    });

    it('reports that only the number of rows was compared with verify "count"', () => {
        expect(verifiedText({ ...docs, mapping: mapping([none]), by: "count" })).to.equal(
            "verified docs_ba4d643: it counts 2,000 rows, as many as were copied; " +
                'the values were not compared, because migration.verify is "count"',
        );
    });
});
