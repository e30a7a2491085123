import { expect } from "chai";

import { type Key, keyAt } from "../../../provider/wire";
import { readRange } from "../../../provider/migration/read/readRange";
import { type Fixture, openFixture, Pair, rangeOf } from "../catchup/pair";

/** A reader that is right behind a writer gets short pages. */
const PAGE = 5;
const ROWS = 500;

describe("readRange", () => {
    let fixture: Fixture;
    let pair: Pair;
    beforeEach(async () => {
        fixture = await openFixture();
        pair = await Pair.open(fixture, "Int64");
        await pair.insert("source", new Map(Array.from({ length: ROWS }, (_, key) => [BigInt(key), 1])));
        fixture.cut([PAGE]);
    });

    /** The keys that are read from a range in which `counted` rows were counted before. */
    async function keysRead(counted: number, followed: boolean, mostRows?: number): Promise<Key[]> {
        const range = { ...rangeOf(undefined, undefined), left: counted };
        const read: Key[] = [];
        for await (const { keys, page } of readRange(pair.comparePair.source, range, 1 << 20, {
            followed,
            mostRows,
        }))
            for (let row = 0; row < page.rows; row++) read.push(keyAt(keys, row));
        return read;
    }

    const all = Array.from({ length: ROWS }, (_, key) => BigInt(key));

    it("reads all counted rows, however short the pages are", async () => {
        expect(await keysRead(ROWS, true)).to.deep.equal(all);
    });

    it("stops behind a writer that stays ahead, after all counted rows, if a later pass follows", async () => {
        const read = await keysRead(100, true);
        expect(read).to.deep.equal(all.slice(0, read.length));
        expect(read.length).to.be.within(100, 100 + 9 * PAGE);
    });

    it("stops behind a writer that fills the pages of a limited rate", async () => {
        const read = await keysRead(100, true, PAGE);
        expect(read).to.deep.equal(all.slice(0, read.length));
        expect(read.length).to.be.within(100, 100 + 9 * PAGE);
        expect(await keysRead(100, false, PAGE)).to.deep.equal(all);
    });

    it("reads to the end if no later pass follows", async () => {
        expect(await keysRead(100, false)).to.deep.equal(all);
    });
});
