import { expect } from "chai";
import fc from "fast-check";

import { compareKeys, type Key } from "../../../provider/wire";
import { middle } from "../../../provider/migration/keys/midpoint";
import { anyText } from "../../support/random/text";

const ordered = <K extends Key>(keys: fc.Arbitrary<K>) =>
    fc.tuple(keys, keys).filter(([a, b]) => compareKeys(a, b) < 0);

describe("the midpoint of two keys", () => {
    for (const [dataType, keys] of [
        ["Int64", fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
        ["VarChar", anyText()],
    ] as const)
        it(`lies between them in the server's order, for ${dataType}`, () => {
            fc.assert(
                fc.property(ordered(keys as fc.Arbitrary<Key>), ([after, upTo]) => {
                    const key = middle({ after, upTo }, dataType);
                    if (key === undefined) return;
                    expect(compareKeys(after, key)).to.be.below(0);
                    expect(compareKeys(key, upTo)).to.be.below(0);
                }),
            );
        });

    it("reaches any key in a few dozen steps, also behind a long common prefix", () => {
        const prefix = "tenant/7f/document/2024/";
        fc.assert(
            fc.property(fc.stringMatching(/^[0-9a-f]{1,12}$/), (rest) => {
                const wanted = prefix + rest;
                let [after, upTo]: [Key | undefined, Key | undefined] = [undefined, undefined];
                let turns = 0;
                for (; turns < 2_000; turns++) {
                    const key = middle(
                        { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) },
                        "VarChar",
                    );
                    if (key === undefined) break;
                    if (compareKeys(key, wanted) < 0) after = key;
                    else upTo = key;
                    if (typeof after === "string" && after.startsWith(prefix)) break;
                }
                expect(turns).to.be.below(prefix.length * 22);
            }),
        );
    });

    it("is undefined if there is no key between them", () => {
        expect(middle({ after: 5n, upTo: 6n }, "Int64")).to.equal(undefined);
        expect(middle({ after: "a", upTo: "a\u0000" }, "VarChar")).to.equal(undefined);
    });
});
