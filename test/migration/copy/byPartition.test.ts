import { expect } from "chai";

import { normalizeCollection } from "../../../provider/inputs/normalize";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { copyRows } from "../../../provider/migration/copy/copyRows";
import { keysBeyondCheckpoint, unsent } from "../../../provider/migration/copy/resume";
import { forEachConcurrent, rangesOf } from "../../../provider/migration/copy/scheduler";
import type { Position } from "../../../provider/migration/properties/checkpoint";
import { type Endpoint, readSource } from "../../../provider/migration/read/endpoint";
import type { KeyedPage } from "../../../provider/migration/read/readRange";
import { createPartition } from "../../../provider/milvus/collection/partitions";
import { countRows } from "../../../provider/milvus/rows/rows";
import { nextPage } from "../../../provider/milvus/rows/pages";
import { capabilities } from "../../../provider/observe/capabilities";
import { currentServer, recorded } from "../../../provider/plan/offline";
import { mapRows } from "../../../provider/plan/mapping/mapRows";
import { columnOf, type Key, keyAt, keysOf } from "../../../provider/wire";
import { failure } from "../../fake/failure";
import { create, insert, type Opened, open, ref, serve, smallest } from "../../fake/open";

const spec = normalizeCollection(CollectionInputs.parse({ fields: smallest }));
const { mapping } = mapRows({
    source: recorded(spec),
    deployed: spec,
    target: spec,
    capabilities: currentServer,
});
const position = (partition: string | undefined, given: Partial<Position> = {}): Position => ({
    partition,
    begin: undefined,
    upTo: undefined,
    copied: undefined,
    done: false,
    ...given,
});
const upTo = (count: number) => Array.from({ length: count }, (_, key) => key);

describe("a copy with partitions by name", () => {
    let opened: Opened;
    let source: Endpoint;
    let target: Endpoint;

    beforeEach(async () => {
        opened = await open("2.6.18", { pending: 0 });
        const { client } = opened;
        const able = await capabilities(client);
        for (const name of ["source", "target"]) {
            await create(client, name);
            for (const partition of ["a", "b"]) await createPartition(client, ref(name), partition);
            await serve(client, name);
        }
        source = { client, capabilities: able, ref: ref("source") };
        target = { ...source, ref: ref("target") };
    });

    const fill = (name: string, partition: string, ids: readonly number[]) =>
        insert(opened.client, name, { fields: smallest, partition }, { id: ids.map(String) });
    const counted = (name: string, partition: string) => countRows(opened.client, ref(name), "", [partition]);
    const copy = (dropped: string[] = []) => {
        const progress: { done: number; total: number }[] = [];
        const carried = ["_default", "a", "b"].filter((name) => !dropped.includes(name));
        const report = {
            say: () => undefined,
            progress: ({ done, total }: { done: number; total: number }) =>
                void progress.push({ done, total }),
        };
        const partitions = { kind: "by-name", carried, dropped } as const;
        const common = { source, target, mapping, partitions, batchBytes: 1 << 20, followed: false };
        return { progress, run: () => copyRows({ ...common, report: report }) };
    };

    it("puts each row into the partition that it comes from, and counts them all", async () => {
        await fill("source", "_default", [1]);
        await fill("source", "a", [2, 3]);
        await fill("source", "b", [4, 5, 6]);
        const { run, progress } = copy();
        expect(await run()).to.deep.include({ rows: 6, duplicates: 0 });
        expect(
            await Promise.all(["_default", "a", "b"].map((name) => counted("target", name))),
        ).to.deep.equal([1, 2, 3]);
        expect(progress.at(-1)).to.deep.equal({ done: 6, total: 6 });
    });

    it("leaves out the rows of dropped partitions, which are no shortfall", async () => {
        await fill("source", "a", [2, 3]);
        await fill("source", "b", [4, 5, 6]);
        const { run, progress } = copy(["b"]);
        expect(await run()).to.deep.include({ rows: 2, duplicates: 0 });
        expect(await counted("target", "b")).to.equal(0);
        expect(progress.at(-1)).to.deep.equal({ done: 2, total: 2 });
    });

    it("finds the older versions of a key in their partition", async () => {
        await fill("source", "a", [1, 2]);
        await fill("source", "a", [1]);
        await fill("source", "b", [7]);
        expect(await copy().run()).to.deep.include({ rows: 3, duplicates: 1 });
    });

    it("begins with the largest partition, and has nothing left of those that are done", async () => {
        await fill("source", "a", [2, 3]);
        await fill("source", "b", [4, 5, 6]);
        const reader = await readSource(source, mapping);
        const positions = [position("_default", { done: true }), position("a"), position("b")];
        const { ranges, left } = await rangesOf(reader, "Int64", positions);
        expect(left).to.equal(5);
        expect(ranges.all.map((range) => [range.partition, range.left, range.done])).to.deep.equal([
            ["_default", 0, true],
            ["b", 3, false],
            ["a", 2, false],
        ]);
        expect((await ranges.next())?.partition).to.equal("b");
        const beyond = await rangesOf(reader, "Int64", [position("b", { copied: 4n })]);
        expect(beyond.left).to.equal(2);
        expect(beyond.ranges.all[0]).to.deep.include({ after: 4n });
    });

    it("counts all rows at once where one position covers them", async () => {
        await fill("source", "a", [2, 3]);
        await fill("source", "_default", [4]);
        const reader = await readSource(source, mapping);
        expect((await rangesOf(reader, "Int64", [position("_default")], true)).left).to.equal(3);
        expect((await rangesOf(reader, "Int64", [position("_default")], false)).left).to.equal(1);
        expect((await rangesOf(reader, "Int64", [position(undefined)])).left).to.equal(3);
    });

    it("finds what an interrupted run sent after its checkpoint, in each partition", async () => {
        await fill("target", "a", upTo(5));
        await fill("target", "b", [7, 8]);
        const sent = await keysBeyondCheckpoint({ target, mapping }, [
            position("a", { copied: 1n, upTo: 2n }),
            position("a", { begin: 2n, copied: 2n }),
            position("b", { done: true }),
            position("_default"),
        ]);
        expect([...sent].map(([partition, keys]) => [partition, [...keys]])).to.deep.equal([
            ["a", [2n, 3n, 4n]],
            ["_default", []],
        ]);
    });

    it("sends of a page only what the copy lacks", async () => {
        await fill("source", "a", upTo(3));
        const reader = { ...(await readSource(source, mapping)), partition: "a" };
        const page = await nextPage(reader, {}, 10);
        const read: KeyedPage = { page, keys: keysOf(columnOf(page, "id")) };
        const of = (...sent: Key[]) => {
            const rest = unsent(read, "id", new Set(sent));
            return rest && upTo(rest.page.rows).map((row) => keyAt(rest.keys, row));
        };
        expect(unsent(read, "id", undefined)).to.equal(read);
        expect(unsent(read, "id", new Set())).to.equal(read);
        expect(unsent(read, "id", new Set([9n]))).to.equal(read);
        expect(of(1n)).to.deep.equal([0n, 2n]);
        expect(of(0n, 1n, 2n)).to.equal(undefined);
    });
});

describe("work on many items at once", () => {
    it("has as many workers as it is given, and no item twice", async () => {
        let [active, most] = [0, 0];
        const seen: number[] = [];
        await forEachConcurrent(upTo(7), 3, async (one) => {
            most = Math.max(most, ++active);
            await Promise.resolve();
            seen.push(one);
            active--;
        });
        expect(most).to.equal(3);
        expect(seen.toSorted((a, b) => a - b)).to.deep.equal(upTo(7));
    });

    it("begins no further item after a failure, and ends what is begun", async () => {
        const begun: number[] = [];
        let isEnded = false;
        const error = await failure(
            forEachConcurrent(upTo(7), 2, async (one) => {
                begun.push(one);
                if (one === 0) throw new Error("first");
                await new Promise((resolve) => setImmediate(resolve));
                isEnded = true;
            }),
        );
        expect(error.message).to.equal("first");
        expect(begun).to.deep.equal([0, 1]);
        expect(isEnded).to.equal(true);
    });
});
