import { expect } from "chai";

import type { CollectionArguments } from "../../../provider/inputs/schema/collection";
import { lives } from "../../../provider/lives";
import { newGeneration } from "../../../provider/resource/context/identity";
import type { Props } from "../../../provider/resource/session/props";
import { unknownValue } from "../../../provider/inputs/argumentScan";
import { open, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const ofDocs = (args: Partial<CollectionArguments>): Props => ({
    migration: { grace: 0 },
    ...args,
    __owner: "grants/test/docs",
    __logicalName: "docs",
    __generation: newGeneration(),
});
const grantOn = (collection: string): Props => ({
    role: "reader",
    privileges: ["Search", "Query"],
    collection,
    __owner: "grants/test/readers",
    __logicalName: "readers",
});

describe("a Grant on a collection that is migrated (fake)", function () {
    this.timeout(60_000);
    // Before 2.6.12 grants belong to a name.
    for (const version of ["2.5.16", "2.6.11", "2.6.18"]) {
        it(`is never missing on the collection that serves, and goes with its successor, on ${version}`, async () => {
            const { client, fake } = await open(version, { pending: 0 });
            await client.call("CreateRole", { entity: { name: "reader" } });
            const said: string[] = [];
            const context = contextOf(fake.address, said);
            const [collections, grants] = [lives.Collection!(context), lives.Grant!(context)];
            const on = (name: unknown) =>
                fake
                    .grants()
                    .filter((one) => one.name === name)
                    .map(({ privilege }) => privilege)
                    .sort();

            const first = await collections.create(ofDocs({ fields: smallest }));
            const old = first.outs.collectionName as string;
            const given = await grants.create(grantOn(old));
            const next = ofDocs({ fields: [...smallest, { name: "size", dataType: "Int64" }] });
            await collections.diff(first.outs, next);

            const preview = await grants.diff(given.outs, grantOn(unknownValue));
            expect(preview.changes).to.equal(true);
            expect(preview.replaces).to.deep.equal([]);
            expect(said.join("\n")).to.include(`grant readers: Search, Query on ${old} go to its successor`);

            const second = await collections.create(next);
            const now = second.outs.collectionName as string;
            expect(now).to.not.equal(old);
            expect([on(old), on(now)]).to.deep.equal([
                ["Query", "Search"],
                ["Query", "Search"],
            ]);
            const moved = await grants.update(given.outs, grantOn(now));
            // The old one serves until it is dropped.
            expect(on(old)).to.deep.equal(["Query", "Search"]);
            await collections.delete(first.outs);
            expect([on(old), on(now)]).to.deep.equal([[], ["Query", "Search"]]);
            // What the migration has carried is still the Grant's own.
            await grants.delete(moved);
            expect(fake.grants()).to.deep.equal([]);
        });
    }

    it("takes away also what the migration carried where the Grant goes in the same run", async () => {
        const { client, fake } = await open("2.5.16", { pending: 0 });
        await client.call("CreateRole", { entity: { name: "reader" } });
        const context = contextOf(fake.address);
        const [collections, grants] = [lives.Collection!(context), lives.Grant!(context)];
        const first = await collections.create(ofDocs({ fields: smallest }));
        const given = await grants.create(grantOn(first.outs.collectionName as string));
        const next = ofDocs({ fields: [...smallest, { name: "size", dataType: "Int64" }] });
        await collections.diff(first.outs, next);
        await collections.create(next);
        await grants.delete(given.outs);
        expect(fake.grants()).to.deep.equal([]);
    });
});
