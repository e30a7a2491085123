import { expect } from "chai";

import { createAlias as createAliasOf, describeAlias } from "../../../provider/milvus/collection/aliases";
import { dropCollection, setProperties } from "../../../provider/milvus/collection/collections";
import { Alias } from "../../../provider/inputs/schema/alias";
import { recordProtection } from "../../../provider/migration/properties/protection";
import { capabilities } from "../../../provider/observe/capabilities";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import { create, diff, remove, update } from "../../../provider/resource/alias";
import { Session } from "../../../provider/resource/session/session";
import * as fakes from "../../fake/open";
import { failure } from "../../fake/failure";
import { contextOf } from "../context/contextOf";

const live = { database: undefined, alias: "live" };
const aliasOf = (collection: string, name = "live") => Alias.parse({ name, collection });
const resource = (spec: Alias) => ({ owner: "shop/prod/live", name: "live", spec, props: {} });

/** The alias `live` of `docs_3fa9c1d`, which holds a row, and an empty collection beside it. */
async function fixture({ isProtected = true, from = undefined as string | undefined } = {}) {
    const { fake, client } = await fakes.open("2.6.18", { pending: 0 });
    const [old, other] = ["docs_3fa9c1d", "papers_ba4d643"];
    for (const [name, owner, generation, since] of [
        [old, "shop/prod/docs", "3fa9c1d", undefined],
        [other, "shop/prod/papers", "ba4d643", from],
    ] as const) {
        await fakes.create(client, name);
        await fakes.serve(client, name);
        const marker = { owner, generation, from: since, state: "live" } as const;
        await setProperties(client, fakes.ref(name), markerProperties(marker));
    }
    await fakes.insert(client, old, { fields: fakes.smallest }, { id: ["1"] });
    await recordProtection(
        { client, capabilities: await capabilities(client), ref: fakes.ref(old) },
        { deletionProtection: isProtected },
    );
    await createAliasOf(client, live, old);
    const said: string[] = [];
    const session = new Session("a run of the tests");
    const context = contextOf(fake.address, said, session);
    return { client, context, session, said, old, other, target: () => describeAlias(client, live) };
}

describe("an alias of a collection with rows", () => {
    it("is not dropped while deletionProtection is set, and is when it is not", async () => {
        const kept = await fixture();
        const error = await failure(remove(kept.context, resource(aliasOf(kept.old))));
        expect(error.message).to.match(
            /^alias live: not dropped, docs_3fa9c1d holds 1 row .*`aliases`.*\[MV305\]$/,
        );
        expect(await kept.target()).to.equal(kept.old);

        const free = await fixture({ isProtected: false });
        await remove(free.context, resource(aliasOf(free.old)));
        expect(await free.target()).to.equal(undefined);
    });

    it("is dropped where the program of this run no longer protects, or has replaced the collection", async () => {
        const allowed = await fixture();
        allowed.session.declareProtection("3fa9c1d", false);
        await remove(allowed.context, resource(aliasOf(allowed.old)));
        expect(await allowed.target()).to.equal(undefined);

        const moved = await fixture();
        moved.session.activeGenerations.set("shop/prod/docs", { generation: "ba4d643" });
        await remove(moved.context, resource(aliasOf(moved.old)));
        expect(await moved.target()).to.equal(undefined);
    });

    it("does not move to an empty collection while deletionProtection is set", async () => {
        const { context, old, other, target } = await fixture();
        for (const move of [
            () => update(context, resource(aliasOf(other))),
            () => create(context, resource({ ...aliasOf(other), adopt: true })),
            () => diff(context, resource(aliasOf(old)), aliasOf(other), false),
        ])
            expect((await failure(move())).message).to.match(
                /^alias live: not moved, docs_3fa9c1d holds 1 row .*`aliases`.*first run `pulumi up` with the former program.*\[MV350\]$/,
            );
        expect(await target()).to.equal(old);
    });

    it("moves with a warning that says the rows where nothing protects them", async () => {
        const { context, said, other, target } = await fixture({ isProtected: false });
        await update(context, resource(aliasOf(other)));
        expect(await target()).to.equal(other);
        expect(said.join("\n")).to.match(
            /^warning: alias live: docs_3fa9c1d holds 1 row, .*`aliases`.*\[MV351\]$/m,
        );
    });

    it("moves to a collection that has rows, and to one that took over its own", async () => {
        const full = await fixture();
        await fakes.insert(full.client, full.other, { fields: fakes.smallest }, { id: ["2"] });
        await update(full.context, resource(aliasOf(full.other)));
        expect(await full.target()).to.equal(full.other);

        const successor = await fixture({ from: "3fa9c1d" });
        await update(successor.context, resource(aliasOf(successor.other)));
        expect(await successor.target()).to.equal(successor.other);
    });

    it("is refused in the preview where its collection has left the program, and where another name replaces it", async () => {
        const { context, session, old } = await fixture();
        const deployed = resource(aliasOf(old));
        const toNew = () => diff(context, deployed, aliasOf(old), true);
        expect((await failure(toNew())).message).to.include("[MV350]");
        expect((await failure(diff(context, deployed, aliasOf(old, "latest"), false))).message).to.include(
            "[MV305]",
        );
        // A collection of the program is replaced, and its rows are carried over.
        session.declareProtection("3fa9c1d", true);
        expect(await toNew()).to.include({ verdict: "none" });
    });
});

describe("an alias that a dropped collection has left behind", () => {
    it("is taken over: nobody uses it, and no other alias can have its name", async () => {
        // Milvus before 2.5.5 drops a collection and keeps its aliases: milvus issues 36963 and 40236.
        const { fake, client } = await fakes.open("2.3.5", { pending: 0 });
        for (const name of ["docs_3fa9c1d", "docs_ba4d643", "docs_c0ffee1"]) await fakes.create(client, name);
        await createAliasOf(client, live, "docs_3fa9c1d");
        await dropCollection(client, fakes.ref("docs_3fa9c1d"));
        const said: string[] = [];
        const context = contextOf(fake.address, said);
        await create(context, resource(aliasOf("docs_ba4d643")));
        expect(await describeAlias(client, live)).to.equal("docs_ba4d643");
        expect(said.join()).to.include("was left behind by a dropped collection");

        await dropCollection(client, fakes.ref("docs_ba4d643"));
        await update(context, resource(aliasOf("docs_c0ffee1")));
        expect(await describeAlias(client, live)).to.equal("docs_c0ffee1");
    });
});
