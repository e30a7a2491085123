import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { hashText } from "../../../provider/migration/read/rowHash";
import { WriteJournal } from "../../../provider/migration/catchup/writeJournal";
import { failure } from "../../fake/failure";

const hash = (seed: number) => hashText({ rows: 1, words: Uint32Array.from([seed, -1, 10, seed << 24]) }, 0);
const [before, after, later] = [hash(1), hash(2), hash(0x0a22_0d5c)];

describe("the write-ahead journal of a pass", () => {
    let folder: string;
    let path: string;
    beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), "journal-"));
        path = join(folder, "0.sent");
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it("gives a later pass the possible hashes, and only the last one after an ack", async () => {
        const journal = await WriteJournal.open(path);
        await journal.append([
            { key: 2n ** 63n - 1n, held: [before, after] },
            { key: "a\r\n\u2028b", held: [before, undefined] },
        ]);
        await journal.ack();
        await journal.append([{ key: 3n, held: [undefined, later] }]);
        const next = await WriteJournal.open(path);
        expect(next.held(2n ** 63n - 1n)).to.deep.equal([after]);
        expect(next.held("a\r\n\u2028b")).to.deep.equal([undefined]);
        expect(next.held(3n)).to.deep.equal([undefined, later]);
        expect(next.held(4n)).to.equal(undefined);
        expect((await stat(path)).mode & 0o077).to.equal(0);
    });

    it("does not acknowledge entries of an interrupted pass", async () => {
        await (await WriteJournal.open(path)).append([{ key: 1n, held: [before, after] }]);
        const next = await WriteJournal.open(path);
        await next.append([]);
        await next.ack();
        await next.append([{ key: 2n, held: [before, after] }]);
        await next.ack();
        const last = await WriteJournal.open(path);
        expect(last.held(1n)).to.deep.equal([before, after]);
        expect(last.held(2n)).to.deep.equal([after]);
    });

    it("knows which keys a pass has not reached", async () => {
        await (
            await WriteJournal.open(path)
        ).append([
            { key: 1n, held: [after] },
            { key: 2n, held: [after] },
        ]);
        const next = await WriteJournal.open(path);
        await next.append([{ key: 3n, held: [after] }]);
        expect([1n, 3n, 4n].map((key) => next.meets(key))).to.deep.equal([true, false, false]);
        expect([...next.left]).to.deep.equal([2n]);
    });

    it("knows the new keys of acknowledged rows, and the values of those without an answer", async () => {
        const journal = await WriteJournal.open(path);
        const row = { held: [before, undefined], source: later, newKey: 7n, value: after };
        await journal.append([
            { key: 1n, ...row },
            { key: 2n, held: [before, undefined], newKey: 8n, value: undefined, source: later },
        ]);
        await journal.ack([
            { hash: after, newKey: 2n ** 63n - 1n },
            { hash: undefined, newKey: undefined },
        ]);
        await journal.append([
            { key: 3n, ...row },
            { key: 4n, ...row },
        ]);
        const next = await WriteJournal.open(path);
        expect(next.entry(1n)).to.deep.include({ held: [after], newKey: 2n ** 63n - 1n, value: undefined });
        expect(next.held(2n), "a deleted row").to.deep.equal([undefined]);
        expect(next.unsettled.map(({ key, value }) => [key, value])).to.deep.equal([
            [3n, after],
            [4n, after],
        ]);
        await next.settle(next.unsettled, [
            { hash: later, newKey: 9n },
            { hash: undefined, newKey: undefined },
        ]);
        const last = await WriteJournal.open(path);
        for (const one of [next, last]) {
            expect(one.unsettled).to.deep.equal([]);
            expect(one.entry(3n)).to.deep.include({ held: [later], newKey: 9n, source: later });
            // It was not inserted, and the row that it replaces may be deleted.
            expect(one.entry(4n)).to.deep.include({ held: [before, undefined], newKey: 7n });
        }
    });

    it("skips a truncated line", async () => {
        await (await WriteJournal.open(path)).append([{ key: 1n, held: [before, after] }]);
        const whole = await readFile(path, "utf8");
        for (let truncated = 1; truncated < whole.length; truncated++) {
            await writeFile(path, whole.slice(0, truncated));
            const next = await WriteJournal.open(path);
            expect(next.held(1n)).to.equal(undefined);
            await next.append([{ key: 2n, held: [after] }]);
            expect((await WriteJournal.open(path)).held(2n)).to.deep.equal([after]);
        }
        await writeFile(path, whole);
        await appendFile(path, "\nnul");
        expect((await WriteJournal.open(path)).held(1n)).to.deep.equal([before, after]);
    });

    it("leaves no file after its removal", async () => {
        const journal = await WriteJournal.open(path);
        await journal.remove();
        await journal.append([{ key: 1n, held: [after] }]);
        await journal.remove();
        expect(await readdir(folder)).to.deep.equal([]);
    });

    it("reports an error of the disk", async () => {
        const journal = await WriteJournal.open(join(folder, "nowhere", "0.sent"));
        const refused = await failure(journal.append([{ key: 1n, held: [after] }]));
        expect(refused).to.have.property("code", "MV319");
    });
});
