import { expect } from "chai";

import { describeCollection } from "../../../provider/milvus/collection/collections";
import { onFaultyStacks } from "../../support/data/onStacks";
import { expectOk } from "../../support/data/site";
import { isMarkedLive } from "../../support/faults/isMarkedLive";
import type { Moment } from "../../support/faults/moment";
import { Model } from "./model";

const window = { keepPrevious: { for: "24h" } };
const ref = (name: string) => ({ database: undefined, name });

const setsSuccessor = ({ properties }: Record<string, unknown>): boolean =>
    ((properties ?? []) as { key: string; value: string }[]).some(({ key }) => key === "pulumi.successor");

const common: [string, Moment][] = [
    ["in the middle of the merge", { method: "Upsert", when: "after" }],
    [
        "once the collection is marked as restored",
        { method: "AlterCollection", of: isMarkedLive, when: "after" },
    ],
    ["once it is named as the successor", { method: "AlterCollection", of: setsSuccessor, when: "after" }],
];
const moments: Record<"alias" | "name", [string, Moment][]> = {
    alias: [...common, ["once the alias has moved", { method: "AlterAlias", when: "after" }]],
    name: [
        ...common,
        ["before the names are swapped", { method: "RenameCollection", when: "before" }],
        ["between the two renames", { method: "RenameCollection", when: "after" }],
        ["once the names are swapped", { method: "RenameCollection", nth: 2, when: "after" }],
    ],
};

onFaultyStacks(
    "a rollback across two changes that is killed",
    { needs: ["aliases"], servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: [], native: false },
    (open) => {
        for (const by of ["alias", "name"] as const)
            for (const [when, moment] of moments[by])
                it(`${when}, by ${by}, is finished by the next run, with the writes since`, async function () {
                    this.timeout(8 * 60_000);
                    const site = await open();
                    const model = new Model(site, by === "name");
                    await site.deploy(model.program("v1", window));
                    await model.put("Insert", 0, 300, 1);
                    const first = await generationOf(await model.serving());
                    for (const [schema, version] of [
                        ["v2", 2],
                        ["v3", 3],
                    ] as const) {
                        await site.deploy(model.program(schema, window));
                        model.forth(schema);
                        await model.write(1000 * version, version);
                    }

                    await site.declare(model.program("v1", { ...window, rollback: { to: first } }));
                    const order = site.order(moment, { kind: "kill-provider" });
                    const up = await site.stack.up();
                    await order.done;
                    await site.mend();
                    expect(up.ok, up.output).to.equal(false);

                    expectOk(await site.stack.up());
                    model.back("v1");
                    await model.check();
                    // The two that the rollback went past are retained; none is left over, and none is gone.
                    expect(await site.collections()).to.have.length(3);
                    expect(await listed()).to.have.length(2);
                    await model.write(5000, 6);
                    await model.check();
                    const again = expectOk(await site.stack.up());
                    expect(again.ops.update ?? 0, again.output).to.equal(0);
                    expect(again.ops.replace ?? 0, again.output).to.equal(0);
                    expectOk(await site.stack.destroy());
                    expect(await site.collections()).to.deep.equal([]);

                    async function propertiesOf(name: string) {
                        return (await describeCollection(site.client, ref(name)))!.properties;
                    }
                    async function generationOf(name: string) {
                        return (await propertiesOf(name))["pulumi.generation"]!;
                    }
                    async function listed() {
                        const text = (await propertiesOf(await model.serving()))["pulumi.previous"];
                        return JSON.parse(text || "[]") as unknown[];
                    }
                });
    },
);
