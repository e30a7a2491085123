import { expect } from "chai";

import { setProperties } from "../../provider/milvus/collection/collections";
import { after, before, columnsOf } from "../support/data/exampleCollection";
import { stepsOf } from "../faults/steps";
import type { FaultySite } from "../support/faults/site";
import { onFaultyStacks, onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk } from "../support/data/site";
import type { ServerName } from "../support/servers";

// milvus-lite 2.5.1 has no AlterCollection, with which somebody changes the server here.
const servers: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5", "external"];

onStacks("approved plans", { servers, cli: ["milvus-lite-3.2.2", "external"] }, (open) => {
    it("are the only ones that a stack carries out", async () => {
        const site = await open();
        const [docs, pages] = [`${site.prefix}docs`, `${site.prefix}pages`];
        await site.deploy({ collections: { [docs]: before, [pages]: before } });
        const old = await site.collections();
        for (const collection of old)
            await insertRows({ ...site, collection, fields: columnsOf(before), keys: int64Keys(200) });

        await site.declare({ collections: { [docs]: after, [pages]: after } });
        const approve = (value: string) => site.stack.setConfig("milvus:approvedPlan", value);
        await approve("print");
        const hashOf = async (name: string) => {
            const { messages } = expectOk(await site.stack.preview());
            const printed = messages.join("\n").match(new RegExp(`${name}: plan (sha256:\\w{64})`));
            return printed?.[1] ?? expect.fail(messages.join("\n"));
        };
        const approved = [await hashOf(docs), await hashOf(pages)];
        expect(approved[0]).to.not.equal(approved[1]);

        // One of two is not approved: nothing is changed by a preview that fails, which is the first part of `pulumi up`.
        await approve(approved[0]!);
        expectFailure(
            await site.stack.preview(),
            `${pages}: no changes made, this is not the approved plan`,
            "now:      " + approved[1]!,
            "[MV560]",
        );

        // Somebody changes the server after the preview.
        await approve(JSON.stringify(approved));
        const drifted = { database: undefined, name: old.find((name) => name.startsWith(pages))! };
        await setProperties(site.client, drifted, { "collection.ttl.seconds": "360000" });
        expectFailure(
            await site.stack.up(),
            `${pages}: no changes made, this is not the approved plan`,
            `approved: ${approved[1]!}`,
            "+ migration.builds.properties.collection.ttl.seconds: 360000",
            "[MV560]",
        );
        expect((await site.collections()).filter((name) => name.startsWith(pages))).to.deep.equal([
            drifted.name,
        ]);

        // The plan as it is now.
        await approve("print");
        const now = await hashOf(pages);
        await approve([approved[0]!, now].join(","));
        expectOk(await site.stack.up());
        const made = await site.collections();
        expect(made).to.have.lengthOf(2);
        for (const collection of made) {
            expect(old).to.not.include(collection);
            expect((await readRows({ ...site, collection, fields: columnsOf(after) })).rows).to.equal(200);
        }
        // What is approved and done is in nobody's way.
        expectOk(await site.stack.up());
        expect(await site.collections()).to.deep.equal(made);
    });
});

const steps = ["copy, in the middle", "mark it live", "rename the old", "rename the shadow", "drop the old"];

onFaultyStacks(
    "an approved migration that is interrupted",
    { servers: ["milvus-lite-3.2.2"], fast: [], native: false },
    (open, server) => {
        for (const step of steps)
            it(`is finished under the same approval, after ${step}`, async () => {
                const site = await open();
                const name = `${site.prefix}docs`;
                const small = { migration: { batchBytes: 4_096, grace: 0 } };
                await site.deploy({ collections: { [name]: { ...before, name } } });
                const rows = { ...site, collection: name, fields: columnsOf(before) };
                await insertRows({ ...rows, keys: int64Keys(500) });
                await site.declare({ collections: { [name]: { ...after, name, ...small } } });
                await approve(site);
                await cutAt(step, site, server, name);
                expectOk(await site.stack.up());
                expect(await site.collections()).to.deep.equal([name]);
                expect((await readRows({ ...rows, fields: columnsOf(after) })).rows).to.equal(500);
            });
    },
);

const rollbackSteps: [step: string, load: boolean][] = [
    // What the run loads to read it, the next run finds loaded.
    ["compare the rows", false],
    ["compare the rows", true],
    ["mark it live", true],
    ["rename the old", true],
    ["drop the old", true],
];

onFaultyStacks(
    "an approved rollback that is interrupted",
    { servers: ["milvus-lite-3.2.2"], fast: [], native: false },
    (open, server) => {
        for (const [step, load] of rollbackSteps)
            it(`is finished under the same approval, after ${step}${load ? "" : " of a released collection"}`, async () => {
                const site = await open();
                const name = `${site.prefix}docs`;
                const rows = { ...site, collection: name, fields: columnsOf(before) };
                const back = { ...before, name, migration: { grace: 0, rollback: "previous" as const } };
                await site.deploy({ collections: { [name]: { ...before, name } } });
                await insertRows({ ...rows, keys: int64Keys(500) });
                const keeping = { ...after, name, load, migration: { grace: 0, keepPrevious: true } };
                await site.deploy({ collections: { [name]: keeping } });
                await site.declare({ collections: { [name]: back } });
                await approve(site);
                await cutAt(step, site, server, name);
                expectOk(await site.stack.up());
                expect(await site.collections()).to.deep.equal([name]);
                expect((await readRows(rows)).rows).to.equal(500);
            });
    },
);

/** Approves the plan that a preview shows. */
async function approve({ stack }: FaultySite): Promise<void> {
    await stack.setConfig("milvus:approvedPlan", "print");
    const { output } = expectOk(await stack.preview());
    const [, hash] = /plan (sha256:\w{64})/.exec(output) ?? expect.fail(output);
    await stack.setConfig("milvus:approvedPlan", hash!);
}

/** A run whose provider is killed after a step. */
async function cutAt(step: string, site: FaultySite, server: ServerName, name: string): Promise<void> {
    const { method, of, nth } = stepsOf("rename", server, site.prefix, name).find(
        (one) => one.name === step,
    )!;
    const order = site.order(
        { method, when: "after", ...(of && { of }), ...(nth && { nth }) },
        { kind: "kill-provider" },
    );
    const cut = await site.stack.up();
    await order.done;
    await site.mend();
    expect(cut.ok, cut.output).to.equal(false);
}
