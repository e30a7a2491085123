import { mock } from "node:test";

import { expect } from "chai";

import { createAlias as createAliasOf, describeAlias } from "../../../provider/milvus/collection/aliases";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import { create as createAlias, remove, update } from "../../../provider/resource/alias";
import { Connection } from "../../../provider/inputs/schema/connection";
import { Alias } from "../../../provider/inputs/schema/alias";
import { nameSuccessor } from "../../../provider/migration/properties/successor";
import { create, open, ref, serve } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const resource = (spec: Alias, owner = "") => ({ owner, name: "live", spec, props: {} });
const live = { database: undefined, alias: "live" };

describe("an alias", () => {
    it("stays where it is replaced by itself: only its database is written in another way", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs");
        const context = contextOf(fake.address);
        const before = Alias.parse({ name: "live", collection: "docs" });
        await createAlias(context, resource(before));
        await createAlias(context, resource({ ...before, database: "default" }));
        await remove(context, resource(before));
        expect(await describeAlias(client, live)).to.equal("docs");
    });

    it("waits for its collection where a run was cut before it moved, and this one has the alias alone in it", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        const owner = "shop/prod/docs";
        const [old, copy] = ["docs_3fa9c1d", "docs_ba4d643"];
        for (const [name, generation, from] of [
            [old, "3fa9c1d", undefined],
            [copy, "ba4d643", "3fa9c1d"],
        ] as const) {
            await create(client, name);
            await serve(client, name);
            await setProperties(
                client,
                ref(name),
                markerProperties({ owner, generation, from, state: "live" }),
            );
        }
        await nameSuccessor(client, ref(old), { ...ref(copy), retain: undefined });
        await createAliasOf(client, live, old);
        const alias = Alias.parse({ name: "live", collection: copy });
        const move = (stack: string) =>
            update(contextOf(fake.address), resource(alias, `${stack}/live`)).catch(
                (error: unknown) => (error as Error).message,
            );
        expect(await move("shop/prod"))
            .to.include(`alias live: not moved, the run that copied ${old} to ${copy} was interrupted`)
            .and.include("[MV327]");
        expect(await describeAlias(client, live)).to.equal(old);
        // Another stack never has the collection in its runs.
        expect(await move("search/prod")).to.equal(undefined);
        expect(await describeAlias(client, live)).to.equal(copy);
    });

    it("warns where a proxy stays on the former target for good", async () => {
        const { fake, client } = await open("2.6.18", { aliasLag: Infinity });
        for (const name of ["old", "new"]) {
            await create(client, name);
            await serve(client, name);
        }
        await createAliasOf(client, live, "old");
        const said: string[] = [];
        const context = contextOf(fake.address, said);
        const used = await context.session.clients.connect(Connection.parse({ address: fake.address }));
        const call = used.call.bind(used);
        mock.timers.enable({ apis: ["Date"], now: Date.now() });
        used.call = async (method, ...rest) => {
            if (method === "AlterAlias") mock.timers.setTime(Date.now() + 6_000);
            return call(method, ...rest);
        };
        await update(context, resource(Alias.parse({ name: "live", collection: "new" }))).finally(() => {
            mock.timers.reset();
        });
        expect(await describeAlias(client, live)).to.equal("new");
        expect(said.join("\n")).to.match(
            /^warning: alias live: points at new now, but a proxy .*\[MV368\]$/m,
        );
    });
});
