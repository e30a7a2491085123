import { expect } from "chai";

import { copyRows } from "../../../provider/migration/copy/copyRows";
import { failure } from "../../fake/failure";
import { openFixture, Pair, type Rows } from "../catchup/pair";

const silent = { say: () => undefined, progress: () => undefined };
const rows: Rows = new Map([1n, 2n, 3n, 4n].map((key) => [key, 1]));

function copyOf(pair: Pair) {
    return {
        source: pair.endpoint("source"),
        target: pair.endpoint("target"),
        mapping: pair.mapping,
        partitions: { kind: "together" } as const,
        batchBytes: 1 << 20,
        followed: false,
        report: silent,
    };
}

/** A source that counts two older versions besides its rows, and a checkpoint of an interrupted run up to `copied`. */
async function resume(copied: bigint, followed = false) {
    const pair = await Pair.open(await openFixture(), "Int64");
    await pair.insert("source", new Map([1n, 4n].map((key) => [key, 0])));
    await pair.insert("source", rows);
    const range = { partition: undefined, begin: undefined, upTo: undefined, copied, done: true };
    const from = { plan: "plan", ranges: [range], rows: Number(copied) };
    return copyRows({ ...copyOf(pair), followed, from });
}

describe("a copy", () => {
    it("names the row that the server refuses, which the server does not", async () => {
        const fixture = await openFixture();
        const pair = await Pair.open(fixture, "Int64");
        await pair.insert("source", rows);
        // As in a collection that comes from milvus-lite, which stores NaN.
        const { rows: stored, schema } = fixture.fake
            .collections()
            .find(({ name }) => name.startsWith("source"))!;
        const vector = schema.fields.find(({ name }) => name === "vector")!.fieldID;
        stored[2]!.cells.set(vector, [1, NaN]);
        const error = await failure(copyRows(copyOf(pair)));
        expect(error).to.have.property("code", "MV309");
        expect(error.message).to.match(
            /^vector: the row with the key 3 holds NaN, which the server refuses \(Insert .*not a number/,
        );
    });

    it("is complete if the source counts only older versions of keys beyond it", async () => {
        expect(await resume(4n)).to.deep.include({ rows: 4, duplicates: 2 });
    });

    it("fails if older versions do not account for the missing rows", async () => {
        const error = await failure(resume(3n));
        expect(error).to.have.property("code", "MV336");
        expect(error.message).to.match(/^source_\d+: counts 6 rows, of which 3 were copied and 2 are older/);
    });

    it("leaves missing rows to the later passes, if there are any", async () => {
        expect(await resume(3n, true)).to.deep.include({ rows: 3 });
    });

    it("inserts and saves nothing after another run has taken it over", async () => {
        const fixture = await openFixture();
        for (const inserts of [0, 1]) {
            fixture.cut([2]);
            const pair = await Pair.open(fixture, "Int64");
            await pair.insert("source", rows);
            const confirm = () =>
                pair.count("target") < inserts * 2
                    ? Promise.resolve()
                    : Promise.reject(new Error("another run"));
            let saved = 0;
            const save = () => {
                saved++;
                return undefined;
            };
            const error = await failure(copyRows({ ...copyOf(pair), confirm, save }));
            expect(error.message).to.equal("another run");
            expect({ rows: pair.count("target"), saved }).to.deep.equal({ rows: inserts * 2, saved: 0 });
        }
    });
});
