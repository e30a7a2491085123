import { expect } from "chai";

import type { Field } from "../../../provider/inputs/schema/collection";
import type { Capabilities } from "../../../provider/observe/state";
import { currentServer } from "../../../provider/plan/offline";
import type { ColumnSource } from "../../../provider/plan/mapping/mapping";
import { jsonFindings, storedJson } from "../../../provider/plan/mapping/storedJson";
import { field, text } from "../arbitrary";

const json = field({ name: "data", dataType: "JSON" });
const from = (given: Partial<Field> = {}) => ({ ...text, ...given, isFunctionOutput: false });
const exact = { kind: "exact" } as const;
const convert = (given: Partial<Field> = {}): ColumnSource => ({
    kind: "convert",
    from: from(given),
    conversion: exact,
});
const extract: ColumnSource = { kind: "extract", from: "$meta", path: ["author", "name"] };
const on = (kind: Capabilities["json"]) => ({ ...currentServer, server: "milvus-lite", json: kind });
const first = { to: text, source: { kind: "carry", from: from() } as ColumnSource };

describe("the JSON that a copy checks row by row", () => {
    const stored = (source: ColumnSource, to = json, kind: Capabilities["json"] = "objects") =>
        storedJson([first, { to, source }], on(kind));

    it("is that of rows which get new JSON, on a server that does not store all of it", () => {
        for (const source of [convert(), extract, { kind: "transform" } as ColumnSource]) {
            expect(stored(source)).to.deep.equal({ storedJson: "objects" });
            expect(stored(source, json, "objects and lists")).to.deep.equal({
                storedJson: "objects and lists",
            });
            expect(stored(source, json, "any")).to.deep.equal({});
            expect(stored(source, text)).to.deep.equal({});
        }
    });

    it("is none of rows that keep their JSON or get what the program gives", () => {
        const carry: ColumnSource = { kind: "carry", from: from({ dataType: "JSON" }) };
        expect(stored(carry)).to.deep.equal({});
        expect(stored({ kind: "constant", value: {} })).to.deep.equal({});
        expect(stored({ kind: "null" })).to.deep.equal({});
    });
});

describe("a value that becomes JSON", () => {
    const found = (source: ColumnSource, kind: Capabilities["json"], to = json) =>
        jsonFindings([first, { to, source }], on(kind)).map(
            ({ code, path, message, fix }) =>
                `${code} ${path}: ${message}${fix === undefined ? "" : ` ${fix}`}`,
        );
    const only = (kind: string, what: string, fix: string) => [
        `MV146 fields[1]: milvus-lite stores only JSON ${kind}, and ${what}. ${fix}`,
    ];

    it("is refused if the server does not store its kind", () => {
        const array = convert({ dataType: "Array", elementType: "Int64", maxLength: undefined });
        const number = convert({ dataType: "Int64", maxLength: undefined });
        const keep = (type: string) =>
            `Keep ${type}, or move the values to the dynamic field with migration.moveToDynamicField.`;
        const reason = (type: string) => `values of data are of type ${type}`;
        expect(found(array, "objects")).to.deep.equal(
            only("objects", reason("Array<Int64>"), keep("Array<Int64>")),
        );
        expect(found(array, "objects and lists")).to.deep.equal([]);
        expect(found(number, "objects and lists")).to.deep.equal(
            only("objects and lists", reason("Int64"), keep("Int64")),
        );
        for (const source of [array, number]) expect(found(source, "any")).to.deep.equal([]);
    });

    it("may be anything in a text, which its conversion tells", () => {
        expect(found(convert(), "objects")).to.deep.equal([]);
    });

    it("is refused as a constant of another kind", () => {
        const constant = (value: unknown) => ({ kind: "constant", value }) as ColumnSource;
        const gets = (value: string) => only("objects", `the rows would get ${value}`, "Use an object.");
        expect(found(constant({ a: 1 }), "objects")).to.deep.equal([]);
        expect(found(constant([1]), "objects")).to.deep.equal(gets("[1]"));
        expect(found(constant("a"), "objects")).to.deep.equal(gets('"a"'));
        expect(found(constant(null), "objects")).to.deep.equal(gets("null"));
        expect(found(constant([1]), "objects and lists")).to.deep.equal([]);
        expect(found(constant("a"), "any")).to.deep.equal([]);
        expect(found(constant("a"), "objects", text)).to.deep.equal([]);
    });

    it("stops the copy if it is of another kind under a key", () => {
        const stops = (kind: string) => [
            `MV134 fields[1]: A row whose value under author.name is not ${kind} stops the copy before the cutover.`,
        ];
        expect(found(extract, "objects")).to.deep.equal(stops("a JSON object"));
        expect(found(extract, "objects and lists")).to.deep.equal(stops("a JSON object or list"));
        expect(found(extract, "any")).to.deep.equal([]);
    });

    it("has no finding where it is carried over or computed", () => {
        expect(found({ kind: "carry", from: from({ dataType: "JSON" }) }, "objects")).to.deep.equal([]);
        expect(found({ kind: "transform" }, "objects")).to.deep.equal([]);
    });
});
