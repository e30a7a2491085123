import { expect } from "chai";

import { countRows } from "../../../provider/milvus/rows/rows";
import { workOrderProperty } from "../../../provider/migration/properties/workOrder";
import type { PlanJson } from "../../../provider/plan/render/json";
import type { Props } from "../../../provider/resource/session/props";
import { insertRows, int64Keys } from "../../support/data/rows";
import { both, open, ref, smallest } from "../../fake/open";
import { SmallStack } from "./stack";

const text = { name: "text", dataType: "VarChar", maxLength: 64 } as const;
const size = { name: "size", dataType: "Int64", backfill: 7 } as const;
const before = { fields: both([text]) };
const after: Props = { fields: [smallest[0], smallest[1], { ...text, previousName: "text", name: "body" }] };
const detached = (args: Props, more: Props = {}): Props => ({
    ...args,
    migration: { detach: true, grace: 0, ...more },
});

/** A collection with rows, and an alias where it has no name of its own. */
async function deployed(name?: string) {
    const { client } = await open("2.6.0");
    const stack = new SmallStack(client, name === undefined ? "live" : undefined);
    const own = name === undefined ? {} : { name };
    await stack.up({ ...before, ...own });
    const old = stack.state!.collectionName as string;
    await insertRows({ client, collection: old, fields: before.fields, keys: int64Keys(20) });
    const rowsOf = (collection: string) => countRows(client, ref(collection));
    return { client, stack, old, own, rowsOf };
}

describe("a detached migration (fake)", () => {
    it("stands in the plan, where plans are printed as JSON", async () => {
        const { stack } = await deployed();
        const program = detached(after);
        const planned = async () => {
            const lines = await stack.preview(program, "json");
            expect(lines).to.have.length(1);
            return (JSON.parse(lines[0]!) as PlanJson).detached;
        };
        const begins = await planned();
        expect(begins).to.include({ collection: null, phase: null, rows: null });
        expect(begins!.text.join()).to.include("`pulumi up` creates the new collection and ends");
        await stack.up(program);
        expect(await planned()).to.include({ phase: "waiting", rows: 0, total: 20 });
        await stack.work();
        const ready = await planned();
        expect(ready).to.include({ phase: "ready", rows: 20, total: 20 });
        expect(await stack.preview(program, "text")).to.include(`docs: ${ready!.text[0]!}`);
        await stack.up(program);
        expect(
            await stack.preview(detached({ ...after, description: "pages" }), "json").then(String),
        ).to.include('"detached":null');
    });

    for (const name of [undefined, "docs"]) {
        const way = name === undefined ? "by alias" : "by name";

        it(`leaves the state as it is until a worker has made the copy, ${way}`, async () => {
            const { stack, old, own, rowsOf } = await deployed(name);
            expect(await stack.up(detached({ ...after, ...own }))).to.equal("update");
            expect(stack.state).to.include({ collectionName: old });
            expect(stack.state!.fields).to.deep.equal(before.fields);
            expect(stack.state!.migrationState).to.include({ phase: "waiting", rows: 0, total: 20 });
            expect(stack.said.join("\n")).to.include("waits for a worker");
            // A pipeline may ask as often as it likes.
            expect(await stack.up(detached({ ...after, ...own }))).to.equal("update");
            expect(await stack.collections()).to.have.length(2);

            expect(await stack.work()).to.equal(1);
            expect(await stack.up(detached({ ...after, ...own }))).to.equal("replace");
            expect(stack.said.join("\n")).to.include("is ready");
            const now = stack.state!.collectionName as string;
            expect(await stack.collections()).to.deep.equal([now]);
            expect(await rowsOf(now)).to.equal(20);
            expect(stack.state).to.not.have.property("migrationState");
            expect(await stack.up(detached({ ...after, ...own }))).to.equal("none");
            expect(await stack.work()).to.equal(0);
        });

        it(`is switched by a worker, and the next \`up\` records that, ${way}`, async () => {
            const { stack, old, own, rowsOf } = await deployed(name);
            const program = detached({ ...after, ...own }, { switchBy: "worker" });
            expect(await stack.up(program)).to.equal("update");
            await stack.work();
            const [now, ...others] = await stack.collections();
            expect(others).to.deep.equal([]);
            expect(await rowsOf(now!)).to.equal(20);
            if (name === undefined) {
                expect(now).to.not.equal(old);
                expect(await stack.servedBy()).to.equal(now);
            }
            expect(await stack.up(program)).to.equal("replace");
            expect(stack.said.join("\n")).to.include("a worker has switched to");
            expect(stack.state).to.include({ collectionName: now });
            expect(await stack.collections()).to.deep.equal([now]);
            expect(await rowsOf(now!)).to.equal(20);
            expect(await stack.up(program)).to.equal("none");
            await stack.destroy();
            expect(await stack.collections()).to.deep.equal([]);
        });

        it(`is known to a refresh, and dropped by a destroy, after a worker has switched, ${way}`, async () => {
            const { stack, own } = await deployed(name);
            const program = detached({ ...after, ...own }, { switchBy: "worker" });
            await stack.up(program);
            await stack.work();
            const [now] = await stack.collections();
            const recorded = stack.state!;
            await stack.refresh();
            expect(stack.state).to.include({ collectionName: now });
            expect(await stack.up(program)).to.equal("none");
            // The state of before, as where nobody refreshes.
            stack.state = recorded;
            await stack.destroy();
            expect(await stack.collections()).to.deep.equal([]);
        });
    }

    it("drops the copy of an earlier plan where the program changes", async () => {
        const { stack, old } = await deployed();
        await stack.up(detached(after));
        const [first] = (await stack.collections()).filter((one) => one !== old);
        const other = { ...before, fields: [...before.fields, size] };
        expect(await stack.up(detached(other, { indexes: "in-place" }))).to.equal("update");
        expect(stack.said.join("\n")).to.include(`drops ${first}, a copy of an earlier plan`);
        expect(await stack.collections()).to.not.include(first);
    });

    it("drops the copy where the program goes back", async () => {
        const { stack, old } = await deployed();
        await stack.up(detached(after));
        expect(await stack.up(before)).to.equal("update");
        expect(await stack.collections()).to.deep.equal([old]);
        expect(stack.state).to.not.have.property("migrationState");
        expect(await stack.up(before)).to.equal("none");
    });

    it("goes on in the foreground where the program does not detach any more", async () => {
        const { stack, rowsOf } = await deployed();
        await stack.up(detached(after));
        expect(await stack.up({ ...after, migration: { grace: 0 } })).to.equal("replace");
        expect(stack.said.join("\n")).to.include("and copies the rest itself");
        const [now, ...others] = await stack.collections();
        expect(others).to.deep.equal([]);
        expect(await rowsOf(now!)).to.equal(20);
    });

    it("drops the copy with the collection", async () => {
        const { stack } = await deployed();
        await stack.up(detached(after));
        await stack.destroy();
        expect(await stack.collections()).to.deep.equal([]);
    });

    it("asks for a refresh where a worker has switched and the program has changed since (MV358)", async () => {
        const { stack } = await deployed();
        await stack.up(detached(after, { switchBy: "worker" }));
        await stack.work();
        const [now] = await stack.collections();
        await stack.up(before).then(
            () => expect.fail("the program differs from what the worker has switched to"),
            (error: unknown) => expect((error as Error).message).to.include("MV358"),
        );
        await stack.refresh();
        expect(await stack.up({ ...before, migration: { grace: 0 } })).to.not.equal("none");
        expect(await stack.collections())
            .to.have.length(1)
            .and.to.not.include(now);
    });

    it("refuses an order that no property holds (MV349)", () => {
        const noise = Array.from({ length: 30_000 }, (_, at) => (at * 2654435761) % 2 ** 32);
        const order = { deployed: { noise }, inputs: {}, switchBy: "up" as const };
        expect(() => workOrderProperty("docs", order)).to.throw("MV349");
    });
});
