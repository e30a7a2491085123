import { expect } from "chai";
import fc from "fast-check";

import {
    type Key,
    WireError,
    compareKeys,
    compareKeysAt,
    keyAt,
    keyFilter,
    keysOf,
    keysOfValues,
    readPage,
} from "../../../provider/wire";
import { keysFilter } from "../../../provider/wire/rows/filter";
import { answer, text } from "../support";

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const longs = (keys: bigint[]) => keysOf(readPage(answer(column(keys))).columns[0]!);
const strings = (keys: string[]) => keysOf(readPage(answer(column(keys))).columns[0]!);

function column(keys: Key[]) {
    const data = keys.map(String);
    const scalars = typeof keys[0] === "bigint" ? { long_data: { data } } : { string_data: { data } };
    return { type: typeof keys[0] === "bigint" ? "Int64" : "VarChar", field_name: "id", scalars };
}

describe("the keys of a page", () => {
    it("are exact for each Int64", () => {
        const extremes = [-(2n ** 63n), 2n ** 63n - 1n, -1n, 0n, 1n, 2n ** 53n + 1n];
        for (let bit = 0n; bit < 63n; bit++) extremes.push(2n ** bit, -(2n ** bit), 2n ** bit - 1n);
        const keys = longs(extremes);
        expect(extremes.map((_, row) => keyAt(keys, row))).to.deep.equal(extremes);
    });

    it("are exact for any VarChar, including the empty one", () => {
        fc.assert(
            fc.property(fc.array(text, { minLength: 1 }), (all) => {
                const keys = strings(all);
                expect(all.map((_, row) => keyAt(keys, row))).to.deep.equal(all);
            }),
        );
    });

    it("are the same from values as from a column", () => {
        fc.assert(
            fc.property(
                fc.array(text, { minLength: 1 }),
                fc.array(int64, { minLength: 1 }),
                (some, whole) => {
                    const [ofText, ofLongs] = [keysOfValues(some), keysOfValues(whole)];
                    expect(some.map((_, row) => keyAt(ofText, row))).to.deep.equal(some);
                    expect(whole.map((_, row) => keyAt(ofLongs, row))).to.deep.equal(whole);
                    expect(compareKeysAt(ofText, 0, strings(some), 0)).to.equal(0);
                    expect(compareKeysAt(ofLongs, 0, longs(whole), 0)).to.equal(0);
                },
            ),
        );
    });

    it("are ordered by code point, not by JavaScript's UTF-16 units", () => {
        expect(compareKeys("\uff5e", "😀")).to.equal(-1);
        expect("\uff5e" < "😀").to.equal(false);
        expect(compareKeys(-(2n ** 63n), 1n)).to.equal(-1);
    });

    it("compare identically decoded or not", () => {
        fc.assert(
            fc.property(
                fc.array(text, { minLength: 2, maxLength: 2 }),
                fc.array(int64, { minLength: 2, maxLength: 2 }),
                (a, b) => {
                    expect(compareKeysAt(strings(a), 0, strings(a), 1)).to.equal(compareKeys(a[0]!, a[1]!));
                    expect(compareKeysAt(longs(b), 0, longs(b), 1)).to.equal(compareKeys(b[0]!, b[1]!));
                },
            ),
        );
    });

    it("are Int64 or VarChar, nothing else", () => {
        const floats = { type: "Float", field_name: "f", scalars: { float_data: { data: [1] } } };
        expect(() => keysOf(readPage(answer(floats)).columns[0]!)).to.throw(
            "f: not a column of primary keys",
        );
    });
});

describe("the filter of a range of keys", () => {
    it("is empty for all rows, and bounded on request", () => {
        expect(keyFilter("id", {})).to.equal("");
        expect(keyFilter("id", { after: -5n })).to.equal("id > -5");
        expect(keyFilter("id", { after: 0n, upTo: 9n })).to.equal("id > 0 and id <= 9");
    });

    it("never holds the smallest Int64, which Milvus 2.3 cannot parse", () => {
        const least = -(2n ** 63n);
        expect(keyFilter("id", { after: least })).to.equal("id >= -9223372036854775807");
        expect(keyFilter("id", { upTo: least })).to.equal("id < -9223372036854775807");
    });

    it("escapes quotes, backslashes and line breaks, and nothing else", () => {
        expect(keyFilter("id", { after: "" })).to.equal('id > ""');
        expect(keyFilter("id", { after: "a'b\"c\\d\n\r\t\u0000%😀" })).to.equal(
            'id > "a\'b\\"c\\\\d\\n\\r\t\u0000%😀"',
        );
        expect(keyFilter("id", { upTo: 'x\n"' }, "itself")).to.equal('id <= "x\\\n\\""');
    });

    it("reports a key that milvus-lite 2.5 cannot express", () => {
        expect(keyFilter("id", { after: "a\r\nb" }, "itself")).to.equal('id > "a\\\r\nb"');
        expect(() => keyFilter("id", { after: "a\rb" }, "itself")).to.throw(WireError, "carriage return");
    });
});

describe("a filter of keys", () => {
    const least = -(2n ** 63n);

    it("names each of them, escaped as in a range", () => {
        expect(keysFilter("id", [3n])).to.equal("id in [3]");
        expect(keysFilter("id", [3n, -5n])).to.equal("id in [3, -5]");
        expect(keysFilter("id", ["", 'a"b\\', "x\n"])).to.equal('id in ["", "a\\"b\\\\", "x\\n"]');
        expect(keysFilter("id", ["x\n"], "itself")).to.equal('id in ["x\\\n"]');
        expect(() => keysFilter("id", ["a", "a\rb"], "itself")).to.throw(WireError, "carriage return");
    });

    it("avoids the smallest Int64, which Milvus 2.3 cannot parse", () => {
        expect(keysFilter("id", [least])).to.equal("id < -9223372036854775807");
        expect(keysFilter("id", [7n, least])).to.equal("id in [7] or id < -9223372036854775807");
    });
});
