import { expect } from "chai";

import type { Field } from "../../../../provider/inputs/schema/collection";
import { fill, saysNoValue } from "../../../../provider/plan/mapping/column/fill";
import { misfits } from "../../../../provider/plan/mapping/column/findings";
import { bm25, collection, embed, field, id, text, vector } from "../../arbitrary";
import { mapped, said } from "../mapped";

const { migration } = collection();
const withText = (given: Partial<Field>) => ({ fields: [id, vector, { ...text, ...given }] });
const third = (given: Parameters<typeof mapped>[0]) => mapped(given).mapping.columns[2]!.source;
const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8 });
const place = field({ name: "place", dataType: "Geometry" });
const array = (given: Partial<Field> = {}) =>
    field({ name: "text", dataType: "Array", elementType: "VarChar", ...given });

describe("the value of a new field", () => {
    it("is known by its origin", () => {
        const by = (one: Partial<Field>) => {
            const filled = fill({ ...lang, ...one });
            return filled.kind === "filled" ? filled.by : filled.reason;
        };
        expect(by({ backfill: "en" })).to.equal("backfill");
        expect(by({ defaultValue: "en" })).to.equal("default");
        expect(by({ nullable: true })).to.equal("null");
        expect(by({})).to.equal("zero");
        expect(by({ dataType: "Geometry" })).to.equal("type");
        expect(by({ dataType: "FloatVector" })).to.equal("vector");
        expect(fill(place)).to.deep.equal({ kind: "impossible", reason: "type" });
    });

    it("is said by the program in three ways", () => {
        expect(saysNoValue(lang)).to.equal(true);
        expect(saysNoValue({ ...lang, from: "$meta.lang" })).to.equal(false);
        expect(saysNoValue({ ...lang, backfill: "en" })).to.equal(false);
        expect(saysNoValue({ ...lang, defaultValue: "en" })).to.equal(false);
    });

    it("is none for a vector and for a type without a zero, and the column is left out", () => {
        const added = (one: Field) => ({ after: { fields: [id, vector, one, text] } });
        expect(said(added({ ...vector, name: "image" }))).to.deep.equal([
            'MV103 fields[2]: Existing rows have no vector for the new field image. Compute it with migration: { transform: "./module.js" }, set a backfill, make it nullable, or let a function fill it.',
        ]);
        expect(said(added(place))).to.deep.equal([
            "MV105 fields[2]: Existing rows have no value for place: Geometry has no zero value. Set a backfill or a defaultValue, or make it nullable.",
        ]);
        expect(third(added(place))).to.deep.equal({ kind: "omit" });
    });
});

describe("a value that a limit no longer takes", () => {
    it("is looked for only where both sides have the limit and it shrinks", () => {
        const found = (from: number | undefined, to: number | undefined) =>
            misfits(
                { ...text, maxLength: to },
                { ...text, maxLength: from, isFunctionOutput: false },
                {},
                "fields[2]",
            ).length;
        expect([
            found(8, 4),
            found(4, 4),
            found(4, 8),
            found(undefined, 4),
            found(8, undefined),
        ]).to.deep.equal([1, 0, 0, 0, 0]);
    });

    it("stops the copy, or is counted before it", () => {
        const after = { fields: [id, vector, array({ maxLength: 4, maxCapacity: 2 })] };
        const before = { fields: [id, vector, array({ maxLength: 8, maxCapacity: 4 })] };
        expect(said({ before, after })).to.deep.equal([
            "MV104 fields[2].maxLength: A row with a text longer than 4 bytes stops the copy before the cutover. Keep 8, or shorten these rows first.",
            "MV104 fields[2].maxCapacity: A row with a text of more than 2 elements stops the copy before the cutover. Keep 4, or shorten these rows first.",
        ]);
        const statistics = { tooLong: { text: 2 }, tooMany: { text: 0 } };
        expect(said({ before, after, statistics })).to.deep.equal([
            "MV131 fields[2].maxLength: 2 rows hold a text longer than 4 bytes. Keep 8, or shorten these rows first.",
        ]);
    });
});

describe("a NULL in a copied column", () => {
    const nullable = withText({ nullable: true });
    const counted = (rows: number | undefined, after: ReturnType<typeof withText>) =>
        said({
            before: nullable,
            after,
            ...(rows !== undefined && { statistics: { nulls: { text: rows } } }),
        });

    it("is refused where nothing replaces it", () => {
        const fix = "Set a backfill for these rows, or keep it nullable.";
        expect(counted(undefined, withText({}))).to.deep.equal([
            `MV108 fields[2].nullable: A row with NULL in text stops the copy before the cutover. ${fix}`,
        ]);
        expect(counted(1, withText({}))).to.deep.equal([
            `MV132 fields[2].nullable: 1 row holds NULL in text. ${fix}`,
        ]);
        expect(counted(3, withText({}))).to.deep.equal([
            `MV132 fields[2].nullable: 3 rows hold NULL in text. ${fix}`,
        ]);
        expect(counted(0, withText({}))).to.deep.equal([]);
    });

    it("becomes a new default", () => {
        const after = withText({ nullable: true, defaultValue: "-" });
        const fix = "Omit defaultValue to keep NULL in these rows.";
        const said = (who: string) => [`MV109 fields[2].defaultValue: ${who} the default "-". ${fix}`];
        expect(counted(undefined, after)).to.deep.equal(said("A row with NULL in text gets"));
        expect(counted(1, after)).to.deep.equal(said("1 row with NULL in text gets"));
        expect(counted(2, after)).to.deep.equal(said("2 rows with NULL in text get"));
        expect(counted(0, after)).to.deep.equal([]);
        expect(counted(undefined, nullable)).to.deep.equal([]);
    });

    it("is replaced only in a column that can hold one", () => {
        const filled = withText({ backfill: "-" });
        expect(third({ before: nullable, after: filled })).to.deep.include({ nulls: "-" });
        expect(third({ before: withText({}), after: filled })).to.not.have.property("nulls");
        // Another type than JSON holds no JSON null.
        const number = { dataType: "Int64" as const, maxLength: undefined };
        expect(third({ before: withText(number), after: filled })).to.not.have.property("nulls");
    });
});

describe("a column that cannot be carried over", () => {
    const wide = { fields: [id, { ...vector, dim: 16 }, text] };

    it("is left out, with the ways to fill it", () => {
        expect(said({ after: wide })).to.deep.equal([
            'MV106 fields[1]: Values of vector cannot be converted from FloatVector(8) to FloatVector(16). Compute new values with migration: { transform: "./module.js" }, replace them with a backfill, or declare a new field with another name.',
        ]);
        expect(mapped({ after: wide }).mapping.columns[1]!.source).to.deep.equal({ kind: "omit" });
    });

    it("is left out even if its type has a zero or a default: old values are not replaced in silence", () => {
        const before = withText({ dataType: "Geometry", maxLength: undefined });
        const after = withText({ dataType: "Int64", maxLength: undefined, defaultValue: 7 });
        expect(third({ before, after })).to.deep.equal({ kind: "omit" });
        expect(said({ before, after })[0]).to.match(/^MV106/);
        // NULL is no value, and a vector that is not nullable cannot have it.
        const asked = { fields: [id, { ...vector, dim: 16, backfill: null }, text] };
        expect(said({ after: asked }).map((line) => line.slice(0, 5))).to.deep.equal(["MV106"]);
    });

    it("is replaced by a backfill, and its old values are a loss", () => {
        const after = { fields: [id, { ...vector, dim: 2, backfill: [0, 1] }, text] };
        expect(said({ after })).to.deep.equal([
            "MV107 fields[1]: The old values of vector (FloatVector(8)) are dropped.",
        ]);
    });

    it("is computed by a transform, unless a backfill replaces it", () => {
        const transform = { migration: { ...migration, transform: embed } };
        expect(mapped({ after: { ...wide, ...transform } }).mapping.transform?.fields).to.deep.equal([
            "vector",
        ]);
        const filled = { fields: [id, { ...vector, dim: 2, backfill: [0, 1] }, text], ...transform };
        expect(mapped({ after: filled }).mapping).to.not.have.property("transform");
    });

    it("is the output of a function, which the server does not return or computes again", () => {
        const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });
        const fields = [id, vector, sparse, text];
        for (const type of ["BM25", "MinHash"])
            expect(
                said({ before: { fields, functions: [{ ...bm25, type }] }, after: { fields } }),
            ).to.deep.equal([
                "MV125 fields[2]: Milvus does not return the values of sparse: a function computed them. Set a backfill, or keep the function.",
            ]);
        const filled = { fields: [id, vector, { ...sparse, backfill: { 1: 0.5 } } as Field, text] };
        expect(said({ before: { fields, functions: [bm25] }, after: filled })).to.deep.equal([]);
        expect(said({ before: { fields }, after: { fields, functions: [bm25] } })).to.deep.equal([
            "MV107 fields[2]: The old values of sparse are dropped; a function computes new ones.",
        ]);
    });
});

describe("a column out of JSON", () => {
    const dynamic = { enableDynamicField: true };
    const into = (one: Field, before: Parameters<typeof mapped>[0]["before"] = dynamic) => ({
        before,
        after: { ...dynamic, fields: [id, vector, one, text] },
    });

    it("is left out where there is no such JSON, or where JSON cannot hold its type", () => {
        const none = (from: string) => [
            `MV137 fields[2].from: The server has no JSON field and no dynamic field for ${from}. Name an existing JSON field, or $meta for the dynamic field.`,
        ];
        expect(said(into({ ...lang, from: "$meta.lang" }, {}))).to.deep.equal(none("$meta.lang"));
        expect(said(into({ ...lang, from: "data.lang" })).slice(0, 1)).to.deep.equal(none("data.lang"));
        expect(said(into({ ...lang, from: "not a path" })).slice(0, 1)).to.deep.equal(none("not a path"));
        expect(third(into({ ...lang, from: "$meta.lang" }, {}))).to.deep.equal({ kind: "omit" });
        // A JSON field beside the one that is named.
        const data = field({ name: "data", dataType: "JSON" });
        const beside = {
            before: { fields: [id, vector, text, data] },
            after: { fields: [id, vector, { ...lang, from: "text.lang" }, text, data] },
        };
        expect(said(beside)).to.deep.equal(none("text.lang"));
        expect(said(into({ ...place, from: "$meta.place" })).slice(0, 1)).to.deep.equal([
            "MV153 fields[2].from: Values of $meta.place cannot be converted from JSON to Geometry. Use a type that JSON can hold.",
        ]);
    });

    it("has no finding if every value converts", () => {
        const json = field({ name: "author", dataType: "JSON", from: "$meta.author" });
        expect(said(into(json))).to.deep.equal([]);
        expect(said(into({ ...lang, from: "$meta.lang" }))).to.deep.equal([
            "MV134 fields[2].from: A row whose $meta.lang is not a JSON string of at most 8 bytes stops the copy before the cutover.",
        ]);
    });

    it("is NULL or the fill in a row without the key", () => {
        expect(third(into({ ...lang, from: "$meta.lang" }))).to.deep.include({ missing: "" });
        expect(third(into({ ...lang, nullable: true, from: "$meta.lang" }))).to.not.have.property("missing");
        const vectorOf = third(into({ ...lang, defaultValue: "en", from: "$meta.lang" }));
        expect(vectorOf).to.deep.include({ missing: "en" });
    });
});

describe("a converted column", () => {
    const needs = (from: Partial<Field>, to: Partial<Field>, server = {}) =>
        said({ before: withText(from), after: withText(to), server });
    const stops = (what: string) => [
        `MV134 fields[2]: A row whose text is not ${what} stops the copy before the cutover.`,
    ];
    const bare = { maxLength: undefined };

    it("says what its values need", () => {
        expect(needs({ dataType: "Int64", ...bare }, { dataType: "Int8", ...bare })).to.deep.equal(
            stops("a whole number that Int8 can represent"),
        );
        expect(needs({}, { dataType: "Bool", ...bare })).to.deep.equal(stops('"true" or "false"'));
        expect(needs({}, { dataType: "Int64", ...bare })).to.deep.equal(
            stops("the text of a whole number that Int64 can represent"),
        );
        expect(needs({}, { dataType: "JSON", ...bare })).to.deep.equal(stops("JSON"));
        expect(needs({}, { dataType: "JSON", ...bare }, { json: "objects" })[0]).to.equal(
            stops("the text of a JSON object")[0],
        );
        expect(needs({ dataType: "JSON", ...bare }, { dataType: "Bool", ...bare })).to.deep.equal(
            stops("the JSON value true or false"),
        );
        expect(needs({ dataType: "JSON", ...bare }, {})).to.deep.equal(
            stops("a JSON object, list or string of at most 512 bytes as text"),
        );
        const list = array({ elementType: "Int64", maxCapacity: 4 });
        expect(
            said({ before: withText({ dataType: "JSON", ...bare }), after: { fields: [id, vector, list] } }),
        ).to.deep.equal(stops("a JSON list of values that Int64 can represent"));
    });

    it("says what the elements and the number of them need", () => {
        const between = (from: Partial<Field>, to: Partial<Field>) =>
            said({
                before: { fields: [id, vector, array(from)] },
                after: { fields: [id, vector, array(to)] },
            });
        const [small, large] = [{ maxCapacity: 2 }, { maxCapacity: 4 }];
        expect(between({ elementType: "Int32", ...large }, { elementType: "Int64", ...small })).to.deep.equal(
            stops("at most 2 elements"),
        );
        expect(between({ elementType: "Int32", ...small }, { elementType: "Int64", ...large })).to.deep.equal(
            [],
        );
        expect(between({ elementType: "Int64", ...large }, { elementType: "Int8", ...small })).to.deep.equal(
            stops("a whole number that Int8 can represent"),
        );
        // The longest element decides whether its text fits.
        const words = (maxLength: number) => ({ elementType: "VarChar", maxLength, maxCapacity: 4 });
        const toWords = { fields: [id, vector, array(words(8))] };
        expect(said({ before: withText({ maxLength: 8 }), after: toWords })).to.deep.equal([]);
        expect(said({ before: withText({ maxLength: 16 }), after: toWords })).to.deep.equal(
            stops("at most 8 bytes as text"),
        );
    });

    it("says what a narrower vector loses or needs", () => {
        const to = (dataType: "Float16Vector" | "Int8Vector") =>
            said({ after: { fields: [id, { ...vector, dataType }, text] } });
        expect(to("Int8Vector")).to.deep.equal([
            "MV134 fields[1]: A row whose vector is not components that are whole numbers from -128 to 127 stops the copy before the cutover.",
        ]);
        expect(to("Float16Vector")).to.deep.equal([
            "MV133 fields[1]: Values of vector lose precision from FloatVector(8) to Float16Vector(8). Keep FloatVector(8).",
        ]);
    });
});

describe("what a server cannot store in a copy", () => {
    const on = (server: object, after: Parameters<typeof mapped>[0]["after"]) => said({ after, server });

    it("is a second vector, where it takes one", () => {
        const image = { ...vector, name: "image", backfill: [1, 2, 3, 4, 5, 6, 7, 8] };
        expect(on({ severalVectors: false }, { fields: [id, vector, text, image] })).to.deep.equal([
            "MV142 fields[3]: milvus 2.5.4 supports one vector field per collection, and vector is one. Put it into a separate collection, or use Milvus 2.4 or later.",
        ]);
        expect(
            said({
                before: { fields: [id, text] },
                after: { fields: [id, text] },
                server: { severalVectors: false },
            }),
        ).to.deep.equal([]);
    });

    it("is a database of another name than the default one", () => {
        const codes = (database: string) =>
            on({ databases: false }, { database }).map((line) => line.slice(0, 5));
        expect(codes("other")).to.deep.equal(["MV155"]);
        expect(codes("default")).to.deep.equal([]);
        expect(codes("")).to.deep.equal([]);
        expect(on({ databases: false }, {})).to.deep.equal([]);
    });
});
