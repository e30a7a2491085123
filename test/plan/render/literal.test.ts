import { expect } from "chai";
import fc from "fast-check";
import { format } from "prettier";

import { literal } from "../../../provider/plan/render/literal";

/** Prettier breaks no line that is narrower than this. */
const printWidth = 100_000;

describe("a literal", () => {
    it("is what prettier prints, in one line", async () => {
        for (const value of [
            { name: "id", "collection.ttl.seconds": 5, "2nd": true, $ok: null },
            ['say "hi"', "it's", `both ' and "`, "back\\slash", "a\nb", ""],
            [-1.5, 1e21, 1e-7, -0, 5e-324],
            { empty: {}, list: [], gone: undefined },
        ]) {
            const text = `x = ${literal(value)};\n`;
            expect(await format(text, { parser: "typescript", printWidth })).to.equal(text);
        }
    });

    it("means the value, and shows what an editor would hide", () => {
        fc.assert(
            fc.property(fc.jsonValue(), (value) => {
                const text = literal(value);
                // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
                const read = new Function(`return ${text};`)() as unknown;
                // A program has no other text for a key that JavaScript reads as the prototype.
                fc.pre(!text.includes("__proto__"));
                expect(read).to.deep.equal(value);
            }),
        );
        expect(literal("a\u2028b\u202ec\u0085")).to.equal('"a\\u2028b\\u202ec\\u0085"');
    });
});
