import { expect } from "chai";
import fc from "fast-check";

import {
    compareColumns,
    compileColumns,
    hashRows,
    insertRequest,
    readPage,
    sameRow,
    type WireColumn,
    WireError,
} from "../../../provider/wire";
import { parseColumn } from "../../../provider/wire/column/column";
import { Misfit } from "../../../provider/wire/error";
import { valueAt, wholeValue } from "../../../provider/wire/json/scan";
import { answer, decode, encode, types, type Message } from "../support";

const keys = fc.constantFrom("a", "b", "lang", "", 'q"', "é", "\\", "\n");
const objects = fc.dictionary(keys, fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true });
/** JSON with whitespace and escaped letters, as some writers produce it. */
const written = (value: unknown, spaced: boolean) =>
    Buffer.from(spaced ? JSON.stringify(value, null, 1).replace(/[é]/g, "\\u00e9") : JSON.stringify(value));

const json = (name: string, rows: (string | Buffer | null)[]): Message => ({
    type: "JSON",
    field_name: name,
    scalars: { json_data: { data: rows.map((row) => Buffer.from(row ?? "")) } },
    ...(rows.includes(null) && { valid_data: rows.map((row) => row !== null) }),
});
const column = (name: string, type: string, member: string, data: unknown[]): Message => {
    const valid = data.includes(null) && { valid_data: data.map((one) => one !== null) };
    return { type, field_name: name, scalars: { [member]: { data: data.map((one) => one ?? 0) } }, ...valid };
};

/** The values of the single resulting column, as protobufjs decodes them; NULLs as null. */
function made(target: Partial<WireColumn> & Pick<WireColumn, "source">, ...columns: Message[]): unknown[] {
    const page = readPage(answer(...columns));
    const defaults = { name: "b", dataType: "JSON", nullable: false, hasDefault: false };
    const request = insertRequest(
        { dbName: "", collectionName: "c" },
        compileColumns([{ ...defaults, ...target }])(page),
        page.rows,
    );
    const [only] = (decode(types.insertRequest, request) as { fields_data: Message[] }).fields_data;
    const [list] = Object.values(only!.scalars as Record<string, { data?: unknown[] }>);
    const values = (list!.data ?? []).map((one) => (Buffer.isBuffer(one) ? one.toString() : one));
    const valid = only!.valid_data as boolean[] | undefined;
    return valid ? valid.map((there) => (there ? values.shift() : null)) : values;
}

const problem = (run: () => unknown) => {
    try {
        run();
    } catch (error) {
        if (error instanceof WireError) return error.problem;
        throw error;
    }
    return undefined;
};

describe("a value in JSON", () => {
    it("is found at its path, for every formatting of the JSON", () => {
        fc.assert(
            fc.property(objects, objects, keys, keys, fc.boolean(), (outer, inner, a, b, spaced) => {
                const bytes = written({ ...outer, [a]: inner }, spaced);
                const at = valueAt(bytes, [a, b]);
                const found = at && (JSON.parse(bytes.toString("utf8", at.from, at.to)) as unknown);
                // JSON has no -0.
                const stored = JSON.parse(JSON.stringify(inner)) as typeof inner;
                expect(found).to.deep.equal(stored[b]);
            }),
        );
    });

    it("is rejected if the JSON is truncated or has a duplicate key, and the search always ends", () => {
        for (const text of [
            '{"a":',
            '{"a"',
            '{"a":1',
            "{",
            '{"a":1}}',
            '{"a" 1}',
            '{"a":1,}',
            "{a:1}",
            '["',
            "",
            "{}x",
        ])
            expect(() => wholeValue(Buffer.from(text)) && valueAt(Buffer.from(text), ["a"]), text).to.throw(
                Misfit,
            );
        expect(() => valueAt(Buffer.from('{"a":1,"\\u0061":2}'), ["a"])).to.throw("the key a only once");
    });
});

describe("a key promoted to a field", () => {
    const lang = { name: "lang", dataType: "VarChar", nullable: true };
    const from = (path: string[], missing?: string) =>
        ({ kind: "extract", from: "$meta", path, ...(missing !== undefined && { missing }) }) as const;

    it("is NULL in a row without the key, or with null", () => {
        const rows = [
            '{"lang":"en"}',
            '{ "x": {"lang": "de"} , "lang" : "f\\u00fc" }',
            "{}",
            '{"lang":null}',
            "[]",
            null,
            "",
        ];
        expect(made({ ...lang, source: from(["lang"]) }, json("$meta", rows))).to.deep.equal([
            "en",
            "fü",
            null,
            null,
            null,
            null,
            null,
        ]);
    });

    it("is replaced with the backfill if there is one", () => {
        const target = { ...lang, nullable: false, source: from(["x", "lang"], "none") };
        expect(made(target, json("$meta", ['{"x":{"lang":"de"}}', '{"x":1}']))).to.deep.equal(["de", "none"]);
        const strict = () =>
            made({ ...lang, nullable: false, source: from(["lang"]) }, json("$meta", ["{}"]));
        expect(problem(strict)).to.deep.include({ kind: "null-refused", row: 0 });
    });

    it("keeps each digit of an Int64", () => {
        const target = { dataType: "Int64", source: from(["n"]) };
        const rows = ["9223372036854775807", "-9223372036854775808", "9007199254740993", "7.0"];
        const read = made(
            target,
            json(
                "$meta",
                rows.map((row) => `{"n":${row}}`),
            ),
        );
        expect(read).to.deep.equal([...rows.slice(0, 3), "7"]);
    });

    it("is a list if the field is an Array", () => {
        const target = { dataType: "Array", elementType: "Int64", source: from(["n"]) };
        expect(made(target, json("$meta", ['{"n":[9007199254740993, 2]}', '{"n":[]}']))).to.deep.equal([
            { long_data: { data: ["9007199254740993", "2"] } },
            { long_data: {} },
        ]);
        const holed = () => made(target, json("$meta", ['{"n":[1,null]}']));
        expect(problem(holed)).to.deep.include({ kind: "does-not-fit", value: "[1,null]" });
    });

    it("is rejected with its row if it has another type", () => {
        const run = () => made({ ...lang, source: from(["lang"]) }, json("$meta", ["{}", '{"lang":7}']));
        expect(problem(run)).to.deep.equal({
            kind: "does-not-fit",
            column: "lang",
            row: 1,
            value: "7",
            wanted: "a JSON string",
        });
        const broken = () => made({ ...lang, source: from(["lang"]) }, json("$meta", ['{"lang":']));
        expect(problem(broken)).to.deep.include({ value: '{"lang":', wanted: "JSON" });
        const long = () =>
            made({ ...lang, maxLength: 3, source: from(["lang"]) }, json("$meta", ['{"lang":"full"}']));
        expect(problem(long)).to.deep.include({ wanted: "text of at most 3 bytes, not 4" });
    });
});

describe("the dynamic field", () => {
    const change = (
        remove: string[],
        add: { key: string; from: string; type: { dataType: string } }[] = [],
    ) => ({ name: "$meta", isDynamic: true, source: { kind: "keys", from: "$meta", remove, add } }) as const;
    const page = { key: "page", from: "page", type: { dataType: "Int64" } };

    it("loses the promoted keys, and keeps every other byte", () => {
        const rows = [
            '{"a":1, "b" : [1 , 2.50],"c":{}}',
            '{ "a" : 1e3 }',
            "{}",
            '{"b":"\\u0041"}',
            '{"c":1,"a":2}',
        ];
        expect(made(change(["a", "c"]), json("$meta", rows))).to.deep.equal([
            '{"b" : [1 , 2.50]}',
            "{  }",
            "{}",
            '{"b":"\\u0041"}',
            "{}",
        ]);
    });

    it("gets new keys at its end, none for NULL", () => {
        const source = change(
            ["old"],
            [page, { key: 'a "title"', from: "t", type: { dataType: "VarChar" } }],
        );
        const rows = made(
            source,
            json("$meta", ['{"x": 1.0, "old":1}', "{ }", '{"old":2}', null]),
            column("page", "Int64", "long_data", ["9223372036854775807", 7, null, 9]),
            column("t", "VarChar", "string_data", ['é"', "", "x", "y"]),
        );
        expect(rows).to.deep.equal([
            '{"x": 1.0,"page":9223372036854775807,"a \\"title\\"":"é\\""}',
            '{"page":7,"a \\"title\\"":""}',
            '{"a \\"title\\"":"x"}',
            '{"page":9,"a \\"title\\"":"y"}',
        ]);
    });

    it("gets a negative zero with its decimal point: as an integer it would lose its sign on milvus-lite 3", () => {
        const source = change([], [{ key: "x", from: "x", type: { dataType: "Float" } }]);
        const rows = made(source, json("$meta", ["{}", "{}"]), column("x", "Float", "float_data", [-0, 0.1]));
        expect(rows).to.deep.equal(['{"x":-0.0}', '{"x":0.1}']);
    });

    it("begins empty if the source has none", () => {
        const source = { kind: "keys", from: undefined, remove: [], add: [page] } as const;
        const made7 = made({ isDynamic: true, source }, column("page", "Int64", "long_data", [7, null]));
        expect(made7).to.deep.equal(['{"page":7}', "{}"]);
    });

    it("rejects a key that a row has already, and JSON that is not an object", () => {
        const pages = column("page", "Int64", "long_data", [7, 8]);
        const clash = () => made(change([], [page]), json("$meta", ["{}", '{"p":1,"page":3}']), pages);
        expect(problem(clash)).to.deep.equal({
            kind: "does-not-fit",
            column: "$meta",
            row: 1,
            value: '{"p":1,"page":3}',
            wanted: "an object without the key page",
        });
        const list = () => made(change(["x"]), json("$meta", ["[1]"]));
        expect(problem(list)).to.deep.include({ wanted: "a JSON object" });
    });

    it("equals an object with these keys", () => {
        const integers = fc.maxSafeInteger();
        fc.assert(
            fc.property(
                objects,
                fc.subarray(["a", "b", "lang", ""]),
                integers,
                fc.boolean(),
                (row, remove, value, spaced) => {
                    const source = change(remove, [page]);
                    const rows = made(
                        source,
                        json("$meta", [written(row, spaced)]),
                        column("page", "Int64", "long_data", [value]),
                    );
                    const model: Record<string, unknown> = { ...row, page: value };
                    for (const key of remove) Reflect.deleteProperty(model, key);
                    expect(JSON.parse(rows[0] as string)).to.deep.equal(JSON.parse(JSON.stringify(model)));
                },
            ),
        );
    });
});

describe("two JSON values that a server rewrote", () => {
    const identical = (a: string, b: string) => {
        const [left, right] = [a, b].map((row) => parseColumn(encode(types.fieldData, json("j", [row]))));
        const same = compareColumns(left!, right!, 1).length === 0;
        expect(sameRow(hashRows([left!], 1), 0, hashRows([right!], 1), 0), `${a} ${b}`).to.equal(same);
        return same;
    };

    it("are equal despite whitespace, key order, escapes and notation of fractions", () => {
        expect(identical('{"z":1,"a":[1,2.50,1e3]}', '{"a": [1, 2.5, 1000.0], "z": 1}')).to.equal(true);
        expect(identical('{"a":1,"a":"\\u00e9"}', '{"a": "é"}')).to.equal(true);
        fc.assert(
            fc.property(objects, (row) => {
                const turned = Object.fromEntries(Object.entries(row).reverse());
                expect(identical(written(row, false).toString(), written(turned, true).toString())).to.equal(
                    true,
                );
            }),
        );
    });

    it("differ by a value, a key, the position of an element, and 1 from 1.0", () => {
        for (const [a, b] of [
            ['{"a":9007199254740993}', '{"a":9007199254740992}'],
            ['{"a":1}', '{"a":1.0}'],
            ['{"a":0.0}', '{"a":-0.0}'],
            ['{"a":"1"}', '{"a":1}'],
            ['{"a":null}', "{}"],
            ["[1,2]", "[2,1]"],
            ["not JSON", "not  JSON"],
            ["[".repeat(500), "[".repeat(501)],
        ] as const)
            expect(identical(a, b), `${a} ${b}`).to.equal(false);
    });
});
