import { expect } from "chai";
import fc from "fast-check";

import { Misfit } from "../../../provider/wire/error";
import { jsonMeaning, thoroughMeaning, writers } from "../../../provider/wire/json/meaning";
import { plainMeaning } from "../../../provider/wire/json/plain";
import { runs } from "../../support/tier";

const keys = fc.constantFrom("a", "b", "ab", "lang", "", " ", "!", "#", "é", 'q"', "\u007f");
const values = fc.letrec((tie) => ({
    value: fc.oneof(
        { depthSize: "small" },
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom(0, -0, 1.5, 1e300, 5e-324, -7, 2 ** 53, "é", "\u0001", '"', "\\", "😀"),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(keys, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    ),
})).value;
/** JSON as writers produce it, with one byte changed or the end truncated. */
const texts = fc
    .tuple(
        values,
        fc.constantFrom(0, 1, "\t"),
        fc.option(fc.tuple(fc.nat(), fc.nat(255))),
        fc.option(fc.nat()),
    )
    .map(([value, space, change, cut]) => {
        const bytes = Buffer.from(JSON.stringify(value, null, space));
        if (change) bytes[change[0] % bytes.length] = change[1];
        return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
    });

function meant(bytes: Uint8Array, from: number, to: number): string | undefined {
    const plain = plainMeaning(bytes, from, to, writers);
    return plain && Buffer.from(plain.view.buffer, plain.view.byteOffset, plain.length).toString();
}

function thorough(json: Uint8Array): Uint8Array {
    try {
        return thoroughMeaning(json);
    } catch (error) {
        if (error instanceof Misfit) return json;
        throw error;
    }
}

describe("the canonical form of plain JSON", () => {
    it("equals the result of the general path, for valid and invalid JSON", () => {
        fc.assert(
            fc.property(texts, (json) => {
                expect(Buffer.from(jsonMeaning(json)).toString("latin1")).to.equal(
                    Buffer.from(thorough(json)).toString("latin1"),
                );
            }),
            { numRuns: runs(3_000) },
        );
    });

    it("takes the fast path for JSON that applications typically store", () => {
        // Surrounded by other bytes, as in a column: none of them may be read.
        const plain = (text: string) => meant(Buffer.from(`{"${text}"}`), 2, 2 + Buffer.byteLength(text));
        expect(plain('{"rank": 1, "author": {"name": "Ann", "id": 7}}')).to.equal(
            '{"author":{"id":7,"name":"Ann"},"rank":1}',
        );
        expect(plain('[1.50, 1e3, "Müller", null, {}]')).to.equal('[1.5f,1000f,"Müller",null,{}]');
    });

    it("takes the general path for duplicate keys, escaped keys and deep nesting", () => {
        const deep = "[".repeat(60) + "]".repeat(60);
        for (const text of [
            '{"a":1,"b":2,"a":3}',
            '{"b":1,"a":2,"a":3}',
            '{"\\u0061":1}',
            '{"é":1}',
            deep,
            "",
            "{",
        ])
            expect(meant(Buffer.from(text), 0, Buffer.byteLength(text)), text).to.equal(undefined);
    });

    it("is not changed by the next call", () => {
        const first = jsonMeaning(Buffer.from('{"b":1,"a":2}'));
        jsonMeaning(Buffer.from('{"d":3,"c":4}'));
        expect(Buffer.from(first).toString()).to.equal('{"a":2,"b":1}');
    });
});
