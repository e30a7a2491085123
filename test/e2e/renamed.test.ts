import { expect } from "chai";

import { observeMarker } from "../../provider/observe/collection";
import { onStacks, type Open } from "../support/data/onStacks";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import type { Adapter } from "../../scripts/engine/program";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest, type Version } from "../support/traffic/rows";
import type { MigrationArgs } from "../../sdk/args";

const count = 300;
const rows: Version[] = Array.from({ length: count }, (_, at) => ({ key: BigInt(at), version: 1 }));
const oracle = new Map(rows.map(({ key, version }) => [key, version]));
const right = { lost: [], resurrected: [], stale: [] };

const underParent =
    '{ parent: new (require("@pulumi/pulumi").ComponentResource)("test:index:Group", "group"), ' +
    'aliases: [{ parent: require("@pulumi/pulumi").rootStackResource }] }';

interface Renamed {
    /** The logical name, from then on. */
    name: (prefix: string) => string;
    options?: (prefix: string) => string;
    /** What the engine is told before. */
    stack?: string;
    owner: (prefix: string, adapter: Adapter) => string;
}

const renames: Record<string, Renamed> = {
    "a stack": {
        name: (prefix) => `${prefix}docs`,
        stack: "live",
        owner: (prefix) => `milvus-test/live/${prefix}docs`,
    },
    "a resource": {
        name: (prefix) => `${prefix}pages`,
        options: (prefix) => `{ aliases: [{ name: "${prefix}docs" }] }`,
        owner: (prefix) => `milvus-test/dev/${prefix}pages`,
    },
    "a resource that gets a parent": {
        name: (prefix) => `${prefix}docs`,
        options: () => underParent,
        // The URN, which is all that a native provider gets, has no names of parents.
        owner: (prefix, adapter) =>
            `milvus-test/dev/test:index:Group${adapter === "native" ? "" : "::group"}/${prefix}docs`,
    },
};

/** A collection behind an alias, with rows; `renamed` is its program from then on. */
async function start(open: Open, given: Renamed, { alias = true } = {}) {
    const site = await open();
    const { prefix, stack } = site;
    const live = `${prefix}live`;
    const program = (name: string, maxLength: number, migration: MigrationArgs, option?: string) => ({
        collections: { [name]: { ...collectionOf(maxLength), migration: { grace: 0, ...migration } } },
        ...(alias && { aliases: { live: { name: live, of: name } } }),
        ...(option !== undefined && { options: { [name]: option } }),
    });
    const first = (maxLength: number, migration: MigrationArgs = {}) =>
        site.deploy(program(`${prefix}docs`, maxLength, migration));
    await first(64);
    const [old] = await site.collections();
    await site.client.call("Insert", rowsRequest(old!, rows), { seconds: 60 });
    return {
        site,
        old: old!,
        first,
        rename: () => (given.stack === undefined ? Promise.resolve() : stack.rename(given.stack)),
        renamed: (maxLength: number, migration: MigrationArgs = {}) =>
            program(given.name(prefix), maxLength, migration, given.options?.(prefix)),
        owners: () => ownersOf(site),
        wrong: () => compareWithOracle(site.client, alias ? live : old!, oracle),
    };
}

async function ownersOf(site: Site): Promise<Record<string, string | undefined>> {
    const owners: Record<string, string | undefined> = {};
    for (const name of await site.collections())
        owners[name] = (await observeMarker(site.client, { database: undefined, name })).marker?.owner;
    return owners;
}

for (const [what, given] of Object.entries(renames))
    onStacks(
        `${what} that is renamed`.replace("parent that is renamed", "parent"),
        {
            servers: ["milvus-lite-3.2.2", "milvus-2.3.5"],
            fast: what === "a stack" ? ["milvus-lite-3.2.2"] : [],
            cli: ["milvus-lite-3.2.2"],
        },
        (open) => {
            it("keeps its collection and the retained one, and the next migration carries the rows over", async () => {
                const { site, old, first, rename, renamed, owners, wrong } = await start(open, given);
                await first(128, { keepPrevious: true });
                const [retained, successor] = [old, (await site.collections()).find((name) => name !== old)!];
                await rename();
                await site.declare(renamed(128, { keepPrevious: true }));
                const owner = given.owner(site.prefix, site.adapter);
                const preview = expectOk(await site.stack.preview());
                expect(preview.output)
                    .to.match(/renamed from milvus-test\/dev\/\S+ to /)
                    .and.include(` to ${owner};`);
                expect(expectOk(await site.stack.up()).ops.update).to.equal(1);
                expect(await owners()).to.deep.equal({ [retained]: owner, [successor]: owner });
                const again = expectOk(await site.stack.up());
                expect(again.ops.same, again.output).to.be.greaterThanOrEqual(2);

                await site.deploy(renamed(64, { rollback: "previous" }));
                expect(await wrong()).to.deep.equal(right);
                expect(await site.collections()).to.deep.equal([retained]);
                await site.deploy(renamed(256));
                expect(await wrong()).to.deep.equal(right);
                const [last, ...others] = await site.collections();
                expect(others).to.deep.equal([]);
                expect(await owners()).to.deep.equal({ [last!]: owner });
                expectOk(await site.stack.destroy());
                expect(await site.collections()).to.deep.equal([]);
            });
        },
    );

for (const [what, given] of Object.entries(renames))
    onStacks(
        `${what} that is renamed, and changed at the same time`,
        { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: [] },
        (open) => {
            it("is refused each time", async () => {
                const { site, old, rename, renamed, wrong } = await start(open, given);
                await rename();
                await site.declare(renamed(128));
                expect(expectOk(await site.stack.preview()).output).to.include("[MV324]");
                for (const _ of [1, 2]) {
                    expectFailure(await site.stack.up(), "run `pulumi up` once", "[MV324]");
                    expect(await site.collections()).to.deep.equal([old]);
                    expect(await wrong()).to.deep.equal(right);
                }
                await site.deploy(renamed(64));
                await site.deploy(renamed(128));
                expect(await wrong()).to.deep.equal(right);
                expect(await site.collections())
                    .to.have.length(1)
                    .and.to.not.include(old);
            });
        },
    );

onStacks(
    "a stack that is renamed and asked to replace its collection",
    {
        servers: ["milvus-lite-3.2.2", "milvus-2.3.5"],
        fast: [],
        cli: ["milvus-lite-3.2.2"],
    },
    (open) => {
        it("keeps the rows in the old collection, which no later run drops", async () => {
            const { site, old, rename, renamed } = await start(open, renames["a stack"]!);
            await rename();
            await site.declare(renamed(64));
            const { resources } = await site.state();
            const { urn } = resources.find((one) => one.urn.endsWith(`::${site.prefix}docs`))!;
            expectFailure(await site.stack.up({ replace: [urn] }), "no collection took them over", "[MV342]");
            expectFailure(await site.stack.up(), old, "[MV342]");
            expect(await compareWithOracle(site.client, old, oracle)).to.deep.equal(right);
        });

        it("is refused if the old collection would be deleted first, and after the new name is recorded", async () => {
            const { site, old, rename, renamed, wrong } = await start(open, renames["a stack"]!, {
                alias: false,
            });
            const name = `${site.prefix}docs`;
            await rename();
            const { resources } = await site.state();
            const replace = resources.filter(({ urn }) => urn.endsWith(`::${name}`)).map(({ urn }) => urn);
            await site.declare({ ...renamed(64), options: { [name]: "{ deleteBeforeReplace: true }" } });
            expectFailure(await site.stack.up({ replace }), "[MV306]");
            await site.declare({ ...renamed(128), options: { [name]: "{ deleteBeforeReplace: true }" } });
            expectFailure(await site.stack.up(), "[MV306]");
            await site.deploy(renamed(64));
            expectFailure(await site.stack.up({ replace }), `${count} rows`, "[MV323]");
            expect(await site.collections()).to.deep.equal([old]);
            expect(await wrong()).to.deep.equal(right);
        });
    },
);
