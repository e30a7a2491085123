import { expect } from "chai";

import { onStacks } from "../support/data/onStacks";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest, type Version } from "../support/traffic/rows";

const count = 300;
const rows: Version[] = Array.from({ length: count }, (_, at) => ({ key: BigInt(at), version: 1 }));
const oracle = new Map(rows.map(({ key, version }) => [key, version]));
const right = { lost: [], resurrected: [], stale: [] };

onStacks(
    "a replacement that Pulumi decides without a diff",
    {
        servers: ["milvus-lite-3.2.2", "milvus-2.3.5"],
        fast: ["milvus-lite-3.2.2"],
        fastTests: 1,
        cli: ["milvus-lite-3.2.2"],
    },
    (open) => {
        for (const [when, option, code] of [
            [
                "is refused, because it would start empty and drop the rows with the old collection",
                "{}",
                "[MV323]",
            ],
            [
                "is refused if the old collection would be deleted first",
                "{ deleteBeforeReplace: true }",
                "[MV306]",
            ],
        ] as const)
            it(when, async () => {
                const site = await open();
                const name = `${site.prefix}docs`;
                const program = (maxLength: number) => ({
                    collections: { [name]: collectionOf(maxLength) },
                    options: { [name]: option },
                });
                await site.deploy(program(64));
                const [old] = await site.collections();
                await site.client.call("Insert", rowsRequest(old!, rows), { seconds: 60 });
                const replace = [await urnOf(site, name)];
                expectFailure(await site.stack.up({ replace }), `${count} rows`, code);
                expect(await site.collections()).to.deep.equal([old]);
                expect(await compareWithOracle(site.client, old!, oracle)).to.deep.equal(right);

                // A change of the schema carries the rows over.
                await site.declare({
                    collections: { [name]: { ...collectionOf(128), migration: { grace: 0 } } },
                });
                expect(expectOk(await site.stack.up()).ops.replace).to.equal(1);
                const [target, ...others] = await site.collections();
                expect(others).to.deep.equal([]);
                expect(await compareWithOracle(site.client, target!, oracle)).to.deep.equal(right);
            });

        it("proceeds if the collection has no rows", async () => {
            const site = await open();
            const name = `${site.prefix}docs`;
            await site.deploy({ collections: { [name]: collectionOf(64) } });
            const [old] = await site.collections();
            expectOk(await site.stack.up({ replace: [await urnOf(site, name)] }));
            const [fresh, ...others] = await site.collections();
            expect(fresh).to.not.equal(old);
            expect(others).to.deep.equal([]);
        });
    },
);

async function urnOf(site: Site, name: string): Promise<string> {
    const { resources } = await site.state();
    return resources.find(({ urn }) => urn.endsWith(`::${name}`))!.urn;
}
