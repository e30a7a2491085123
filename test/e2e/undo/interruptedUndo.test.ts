import { expect } from "chai";

import { describeCollection, setProperties } from "../../../provider/milvus/collection/collections";
import { onFaultyStacks } from "../../support/data/onStacks";
import { expectOk } from "../../support/data/site";
import type { Moment } from "../../support/faults/moment";
import { Model } from "./model";

const window = { keepPrevious: { for: "24h" } };
const ref = (name: string) => ({ database: undefined, name });

/** The call that sets a property to a value. */
const sets =
    (key: string, fits: (value: string) => boolean) =>
    ({ properties }: Record<string, unknown>): boolean =>
        ((properties ?? []) as { key: string; value: string }[]).some(
            (one) => one.key === key && fits(one.value),
        );

const moments: [string, Moment][] = [
    ["after the alias moved", { method: "AlterAlias", when: "after" }],
    [
        "after the retained collections are listed",
        { method: "AlterCollection", of: sets("pulumi.previous", (list) => list !== ""), when: "after" },
    ],
    [
        "after the old collection is marked as retained",
        {
            method: "AlterCollection",
            of: sets("pulumi.state", (state) => state === "previous"),
            when: "after",
        },
    ],
    ["before the expired collection is dropped", { method: "DropCollection", when: "before" }],
    ["after the expired collection is dropped", { method: "DropCollection", when: "after" }],
];

onFaultyStacks(
    "an undo window whose run is killed",
    { needs: ["aliases"], servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: [], native: false },
    (open) => {
        /** Two collections are retained behind the serving one, and the time of the older one is over. */
        async function twoRetained() {
            const site = await open();
            const model = new Model(site, false);
            await site.deploy(model.program("v1", window));
            await model.put("Insert", 0, 300, 1);
            const first = await model.serving();
            await site.deploy(model.program("v2", window));
            model.forth("v2");
            const second = await model.serving();
            await model.write(1000, 2);
            await setProperties(site.client, ref(first), { "pulumi.keptUntil": "1000" });
            return { site, model, first, second };
        }

        for (const [when, moment] of moments)
            it(`${when} retains what it should, drops what has expired, and goes back`, async function () {
                this.timeout(8 * 60_000);
                const { site, model, first, second } = await twoRetained();
                await site.declare(model.program("v3", window));
                const order = site.order(moment, { kind: "kill-provider" });
                const up = await site.stack.up();
                await order.done;
                await site.mend();
                expect(up.ok, up.output).to.equal(false);
                model.forth("v3");

                expectOk(await site.stack.up());
                const third = await model.serving();
                expect(third).to.not.equal(second);
                await model.check();
                // A run that was killed in the drop has left that to the one after it.
                expectOk(await site.stack.up());
                expect(await site.collections())
                    .to.have.members([second, third])
                    .and.to.not.include(first);
                const again = expectOk(await site.stack.up());
                expect(again.ops.update ?? 0, again.output).to.equal(0);
                const listed = (await describeCollection(site.client, ref(third)))!.properties[
                    "pulumi.previous"
                ]!;
                expect((JSON.parse(listed) as { name: string }[]).map(({ name }) => name)).to.deep.equal([
                    second,
                ]);

                await model.write(3000, 4);
                await site.deploy(model.program("v2", { ...window, rollback: "previous" }));
                model.back("v2");
                expect(await model.serving()).to.equal(second);
                await model.check();
            });

        it("while it drops what has expired changes nothing else", async function () {
            this.timeout(8 * 60_000);
            const { site, model, first, second } = await twoRetained();
            const order = site.order({ method: "DropCollection", when: "after" }, { kind: "kill-provider" });
            await site.stack.up();
            await order.done;
            await site.mend();
            expectOk(await site.stack.up());
            expect(await site.collections())
                .to.deep.equal([second])
                .and.to.not.include(first);
            await model.check();
        });
    },
);
