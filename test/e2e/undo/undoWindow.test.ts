import { expect } from "chai";

import { describeCollection, setProperties } from "../../../provider/milvus/collection/collections";
import { loadState } from "../../../provider/milvus/collection/loading";
import { onStacks, type Open } from "../../support/data/onStacks";
import { expectFailure, expectOk } from "../../support/data/site";
import { Model, type Schema } from "./model";

const window = { keepPrevious: { for: "24h" } };

interface Opened {
    model: Model;
    /** The collection that was made for each schema. A swap of names gives it another name. */
    made: Map<Schema, string>;
}

/** Three changes, each with inserts, updates and deletes after it. */
async function changedThrice(open: Open, isNamed: boolean): Promise<Opened> {
    const model = new Model(await open(), isNamed);
    const { site } = model;
    await site.deploy(model.program("v1", window));
    await model.put("Insert", 0, 300, 1);
    const made = new Map<Schema, string>([["v1", await model.serving()]]);
    for (const [at, schema] of (["v2", "v3", "v4"] as const).entries()) {
        await site.deploy(model.program(schema, window));
        model.forth(schema);
        made.set(schema, await model.serving());
        await model.write(1000 * (at + 1), at + 2);
    }
    await model.check();
    return { model, made };
}

const ref = (name: string) => ({ database: undefined, name });

const isUnchanged = async ({ site }: Model) => {
    const again = expectOk(await site.stack.up());
    expect(again.ops.update ?? 0, again.output).to.equal(0);
    expect(again.ops.replace ?? 0, again.output).to.equal(0);
    return again;
};

onStacks(
    "an undo window",
    {
        needs: ["aliases"],
        servers: ["milvus-lite-3.2.2", "milvus-2.3.5"],
        fast: ["milvus-lite-3.2.2"],
        fastTests: 1,
    },
    (open) => {
        it("goes back across two changes with the writes since, drops what has expired, and goes forward again", async function () {
            this.timeout(15 * 60_000);
            const { model, made } = await changedThrice(open, false);
            const { site } = model;
            const name = (schema: Schema) => made.get(schema)!;
            expect(await site.collections()).to.have.members([...made.values()]);
            for (const schema of ["v1", "v2", "v3"] as const)
                expect(await loadState(site.client, ref(name(schema)))).to.equal("not-loaded");

            await site.declare(model.program("v2", { ...window, rollback: { to: name("v2") } }));
            const preview = expectOk(await site.stack.preview());
            expect(preview.output)
                .to.include(`roll back to ${name("v2")}, with the writes made since`)
                .and.include("~ page: renamed from leaf, values kept")
                .and.match(new RegExp(`retained: ${name("v3")}, expires in 24 h`))
                .and.match(new RegExp(`retained: ${name("v1")}, expires in 24 h`));
            expect(expectOk(await site.stack.up()).ops.replace).to.equal(1);
            model.back("v2");
            await model.check();
            expect(await model.serving()).to.equal(name("v2"));
            await model.write(5000, 6);
            await isUnchanged(model);

            // The server's clock is past its time: the rest of the window stays.
            await setProperties(site.client, ref(name("v3")), { "pulumi.keptUntil": "1000" });
            const expired = expectOk(await site.stack.preview());
            expect(expired.output).to.match(
                new RegExp(`retained: ${name("v3")}, expired: this .pulumi up. drops it and its \\d+ rows`),
            );
            const dropped = expectOk(await site.stack.up());
            expect(dropped.output).to.include(
                `dropping ${name("v3")}, which was retained, and whose time is over`,
            );
            expect(await site.collections()).to.have.members([name("v1"), name("v2"), name("v4")]);
            await isUnchanged(model);
            await model.check();

            await site.deploy(model.program("v4", { ...window, rollback: "previous" }));
            model.back("v4");
            expect(await model.serving()).to.equal(name("v4"));
            await model.check();
            await model.write(7000, 8);

            // What v3 made of its fields is known, although v3 is gone.
            await site.deploy(model.program("v1", { ...window, rollback: { to: name("v1") } }));
            model.back("v1");
            expect(await model.serving()).to.equal(name("v1"));
            await model.check();
            expectOk(await site.stack.destroy());
            expect(await site.collections()).to.deep.equal([]);
        });

        it("swaps names, where the collection has one", async function () {
            this.timeout(15 * 60_000);
            const { model } = await changedThrice(open, true);
            const { site } = model;
            const retained = (await site.collections()).filter((name) => name !== model.door);
            expect(retained).to.have.length(3);
            const listed = (await describeCollection(site.client, ref(model.door)))!.properties[
                "pulumi.previous"
            ]!;
            const generations = (JSON.parse(listed) as { generation: string }[]).map((one) => one.generation);
            await site.deploy(model.program("v2", { ...window, rollback: { to: generations[1]! } }));
            model.back("v2");
            await model.check();
            expect(await site.collections()).to.have.length(4);
            await isUnchanged(model);
            expectOk(await site.stack.destroy());
            expect(await site.collections()).to.deep.equal([]);
        });

        it("holds as many as the program allows, and none once it retains nothing", async function () {
            this.timeout(10 * 60_000);
            const model = new Model(await open(), false);
            const { site } = model;
            await site.deploy(model.program("v1"));
            await model.put("Insert", 0, 300, 1);
            const most = { keepPrevious: { for: "24h", most: 1 } };
            await site.deploy(model.program("v2", most));
            const second = await model.serving();
            await site.declare(model.program("v3", most));
            const [first] = (await site.collections()).filter((name) => name !== second);
            expect(expectOk(await site.stack.preview()).output).to.match(
                new RegExp(
                    `retained: ${first}, more than keepPrevious.most: this .pulumi up. drops it and its 300 rows`,
                ),
            );
            expectOk(await site.stack.up());
            const third = await model.serving();
            expect(await site.collections()).to.have.members([second, third]);
            await site.declare(model.program("v1", { rollback: { to: "docs_gone" } }));
            expect(expectFailure(await site.stack.up(), "[MV150]")).to.include(second);
            const last = await site.deploy(model.program("v4"));
            expect(last.output).to.include(`retained: ${second}, this migration retains nothing`);
            expect(await site.collections()).to.deep.equal([await model.serving()]);
        });

        it("stays beyond its time where the program names it or protects it", async function () {
            this.timeout(10 * 60_000);
            const model = new Model(await open(), false);
            const { site } = model;
            await site.deploy(model.program("v1", window));
            await model.put("Insert", 0, 300, 1);
            const first = await model.serving();
            await site.deploy(model.program("v2", window));
            await setProperties(site.client, ref(first), { "pulumi.keptUntil": "1000" });
            for (const [migration, more] of [
                [{ ...window, rollback: { to: first } }, {}],
                [window, { deletionProtection: true }],
            ] as const) {
                const up = await site.deploy(model.program("v2", migration, more));
                expect(up.output, up.output).to.include(`retained: ${first}, expired, but it stays`);
                await isUnchanged(model);
                expect(await site.collections()).to.include(first);
            }
            await site.deploy(model.program("v2", window));
            expect(await site.collections()).to.deep.equal([await model.serving()]);
        });
    },
);
