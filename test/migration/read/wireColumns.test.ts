import { expect } from "chai";

import type { ObservedField } from "../../../provider/observe/state";
import type { ColumnSource, RowMapping } from "../../../provider/plan/mapping/mapping";
import { Field } from "../../../provider/inputs/schema/field";
import { sourceFields, wireColumns } from "../../../provider/migration/read/wireColumns";

const field = (name: string, dataType: Field["dataType"], more: Partial<Field> = {}): Field =>
    Field.parse({ name, dataType, ...more });
const observed = (name: string, dataType: Field["dataType"], more: Partial<Field> = {}): ObservedField => ({
    ...field(name, dataType, more),
    isFunctionOutput: false,
});
const mapping = (to: Field, source: ColumnSource, more: Partial<RowMapping> = {}): RowMapping => ({
    columns: [{ to, source }],
    dropped: [],
    dynamic: "none",
    key: { from: "id", to: "id", dataType: "Int64", regenerate: false },
    ...more,
});
type Extraction = Extract<ColumnSource, { kind: "extract" }>;
const sources = (given: RowMapping) => wireColumns(given).map(({ name, source }) => ({ name, ...source }));

describe("wire columns", () => {
    it("check carried values against a limit only if it shrinks, and converted ones always", () => {
        const from = observed("title", "VarChar", { maxLength: 64 });
        const limit = (maxLength: number, source: ColumnSource) =>
            wireColumns(mapping(field("title", "VarChar", { maxLength }), source))[0]!.maxLength;
        expect(limit(64, { kind: "carry", from })).to.equal(undefined);
        expect(limit(128, { kind: "carry", from })).to.equal(undefined);
        expect(limit(32, { kind: "carry", from })).to.equal(32);
        const page = observed("page", "Int64");
        expect(limit(32, { kind: "convert", from: page, conversion: { kind: "exact" } })).to.equal(32);
    });

    it("round only if the conversion is lossy", () => {
        const from = observed("v", "FloatVector", { dim: 8 });
        const to = field("v", "Float16Vector", { dim: 8 });
        const lossy = (conversion: Extract<ColumnSource, { kind: "convert" }>["conversion"]) =>
            sources(mapping(to, { kind: "convert", from, conversion }));
        const type = { dataType: "FloatVector", dim: 8 };
        expect(lossy({ kind: "lossy", loss: "precision", needs: "" })).to.deep.equal([
            { name: "v", kind: "convert", from: "v", type, lossy: true },
        ]);
        expect(lossy({ kind: "checked", needs: "" })).to.deep.include.members([
            { name: "v", kind: "convert", from: "v", type, lossy: false },
        ]);
    });

    it("remove dropped keys from the dynamic field, and turn its NULL into an object", () => {
        const to = field("text", "VarChar", { maxLength: 8 });
        const carry = { kind: "carry", from: observed("text", "VarChar", { maxLength: 8 }) } as const;
        const dynamic = (more: Partial<RowMapping>) =>
            sources(mapping(to, carry, { dynamic: "carry", ...more })).find(({ name }) => name === "$meta");
        expect(dynamic({})).to.deep.equal({ name: "$meta", kind: "carry", from: "$meta", backfill: {} });
        expect(dynamic({ droppedDynamicKeys: ["lang"] })).to.deep.include({ kind: "keys", remove: ["lang"] });
    });

    it("fill missing JSON values as planned, else with the field's default", () => {
        const to = field("lang", "VarChar", { nullable: true });
        const from: Extraction = { kind: "extract", from: "meta", path: ["lang"] };
        const missing = (given: Field, source: ColumnSource) => sources(mapping(given, source))[0];
        expect(missing(to, from)).not.to.have.property("missing");
        expect(missing(to, { ...from, missing: "en" })).to.deep.include({ missing: "en" });
        expect(missing({ ...to, defaultValue: "de" }, from)).to.deep.include({ missing: "de" });
    });

    it("remove a key from the dynamic field when it becomes a field, and read it once", () => {
        const to = field("lang", "VarChar", { nullable: true });
        const given = mapping(to, { kind: "extract", from: "$meta", path: ["lang"] }, { dynamic: "carry" });
        expect(sources(given)[1]).to.deep.equal({
            name: "$meta",
            kind: "keys",
            from: "$meta",
            remove: ["lang"],
            add: [],
        });
        expect(sourceFields(given, wireColumns(given))).to.deep.equal(["id", "$meta"]);
    });

    it("keep the dynamic field unchanged if the value is nested, and leave it out if the target has none", () => {
        const to = field("lang", "VarChar", { nullable: true });
        const deep: Extraction = { kind: "extract", from: "$meta", path: ["user", "lang"] };
        expect(sources(mapping(to, deep, { dynamic: "carry" }))[1]).to.deep.include({ kind: "carry" });
        expect(sources(mapping(to, { ...deep, path: ["lang"] }, { dynamic: "drop" }))).to.have.length(1);
    });

    it("move fields to the dynamic field, whether the source has one or not", () => {
        const id = observed("id", "Int64", { isPrimaryKey: true });
        const page = observed("page", "Int32");
        const given = (dynamic: RowMapping["dynamic"]) =>
            mapping(
                field("id", "Int64"),
                { kind: "carry", from: id },
                { dynamic, movedToDynamicField: [page] },
            );
        const add = [{ key: "page", from: "page", type: { dataType: "Int32" } }];
        expect(sources(given("carry"))[1]).to.deep.include({ from: "$meta", remove: [], add });
        expect(sources(given("empty"))[1]).to.deep.include({ from: undefined, remove: [], add });
        expect(sourceFields(given("empty"), wireColumns(given("empty")))).to.deep.equal(["id", "page"]);
    });
});
