import { expect } from "chai";

import { onStacks } from "../support/data/onStacks";
import { expectOk, type Site } from "../support/data/site";
import type { Processes } from "../../scripts/engine/stack";
import { within } from "../support/engine/within";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest } from "../support/traffic/rows";
import { type Oracle, startWriter } from "../support/traffic/writer";

const rows = 2_000;
const right = { lost: [], resurrected: [], stale: [] };

/**
 * The engine starts a provider process for each explicit provider and for each version of the plugin, and a process may end
 * between two calls. What one call learns and a later one needs must not stand in its memory alone.
 */
onStacks(
    "a replacement whose calls come to several provider processes",
    {
        needs: ["aliases"],
        servers: ["milvus-lite-3.2.2", "milvus-2.3.5"],
        fast: ["milvus-lite-3.2.2"],
        fastTests: 1,
    },
    (open) => {
        const cases: { processes: Processes; what: string }[] = [
            { processes: "one a type", what: "the alias in another process than its collection" },
            { processes: "one a call", what: "each call in a process of its own" },
        ];
        for (const { processes, what } of cases) {
            it(`carries over what clients write during it, with ${what}`, async function () {
                this.timeout(10 * 60_000);
                const site = await open({ processes });
                const { oracle, old, declare } = await deploy(site, {});
                await declare(128);
                const alias = `${site.prefix}live`;
                const writer = startWriter({ client: site.client, alias, oracle, seed: 1, rate: 20 });
                const up = await within(8, site.stack.up()).catch((error: unknown) => error as Error);
                const written = await writer.stop();
                if (up instanceof Error) throw up;
                expectOk(up);
                expect(written.inserted).to.be.greaterThan(0);
                await expectReplaced(site, old, oracle);
                // The copy was made in this same run: nothing has to be compared again.
                expect(up.output).to.not.include("interrupted");
            });

            it(`drops the old collection by its count where writers are paused, with ${what}`, async function () {
                this.timeout(10 * 60_000);
                const site = await open({ processes });
                const { oracle, old, declare } = await deploy(site, { writes: "paused" });
                await declare(128);
                const up = expectOk(await site.stack.up());
                await expectReplaced(site, old, oracle);
                expect(up.output).to.not.include("interrupted").and.not.include("comparing");
            });

            it(`keeps the name of a named collection, with ${what}`, async function () {
                this.timeout(10 * 60_000);
                const site = await open({ processes });
                const name = `${site.prefix}named`;
                const program = (maxLength: number) => ({
                    collections: { [`${site.prefix}docs`]: { ...collectionOf(maxLength), name } },
                });
                await site.deploy(program(64));
                const oracle = await fill(site, name);
                await site.declare(program(128));
                expectOk(await site.stack.up());
                expect(await site.collections()).to.deep.equal([name]);
                expect(await compareWithOracle(site.client, name, oracle)).to.deep.equal(right);
            });
        }

        it("refuses to drop rows before they are copied (deleteBeforeReplace), in any process", async function () {
            this.timeout(10 * 60_000);
            const site = await open({ processes: "one a call" });
            // An alias would be refused first, for its target cannot go.
            const collections = (maxLength: number) => ({
                collections: { [`${site.prefix}docs`]: collectionOf(maxLength) },
            });
            await site.deploy(collections(64));
            const [old] = (await site.collections()) as [string];
            const oracle = await fill(site, old);
            await site.declare({
                ...collections(128),
                options: { [`${site.prefix}docs`]: "{ deleteBeforeReplace: true }" },
            });
            const up = await site.stack.up();
            expect(up.ok).to.equal(false);
            expect(up.failure).to.include("[MV306]");
            expect(await site.collections()).to.deep.equal([old]);
            expect(await compareWithOracle(site.client, old, oracle)).to.deep.equal(right);
        });
    },
);

const program = ({ prefix }: Site, maxLength: number, migration: object) => ({
    collections: { [`${prefix}docs`]: { ...collectionOf(maxLength), migration: { grace: 0, ...migration } } },
    aliases: { live: { name: `${prefix}live`, of: `${prefix}docs` } },
});

async function deploy(site: Site, migration: object) {
    await site.deploy(program(site, 64, migration));
    const [old] = await site.collections();
    const oracle = await fill(site, old!);
    return {
        oracle,
        old: old!,
        declare: (maxLength: number) => site.declare(program(site, maxLength, migration)),
    };
}

async function fill({ client }: Site, collection: string): Promise<Oracle> {
    const versions = Array.from({ length: rows }, (_, place) => ({ key: BigInt(place), version: 1 }));
    await client.call("Insert", rowsRequest(collection, versions));
    return new Map(versions.map(({ key, version }) => [key, version]));
}

async function expectReplaced(site: Site, old: string, oracle: Oracle): Promise<void> {
    const [target, ...others] = await site.collections();
    expect(others).to.deep.equal([]);
    expect(target).to.not.equal(old);
    expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(target);
    expect(await compareWithOracle(site.client, target!, oracle)).to.deep.equal(right);
    // A second `up` has nothing to do, and no deletion is left pending.
    const { resources } = await site.state();
    expect(resources.filter((resource) => resource.delete)).to.deep.equal([]);
    const again = expectOk(await site.stack.up());
    expect(again.ops).to.deep.include({ create: 0, update: 0, replace: 0, delete: 0 });
}
