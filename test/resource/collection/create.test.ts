import { expect } from "chai";

import { createAlias } from "../../../provider/milvus/collection/aliases";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import type { OwnershipMarker } from "../../../provider/observe/state";
import { create as createCollection } from "../../../provider/resource/collection/create";
import { collectionRequest } from "../../../provider/resource/context/resourceState";
import { create, insert, open, ref, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const owner = "shop/prod/docs";

/** What is there before a first `create` of the resource `docs`, each with its ownership marker. */
async function fixture(there: Record<string, Partial<OwnershipMarker>>) {
    const { fake, client } = await open("2.6.18", { pending: 0 });
    for (const [name, marker] of Object.entries(there)) {
        await create(client, name);
        const abandoned: OwnershipMarker = {
            owner,
            generation: name.slice(-7),
            from: undefined,
            state: "building",
        };
        await setProperties(client, ref(name), markerProperties({ ...abandoned, ...marker }));
    }
    const said: string[] = [];
    const inputs = { fields: smallest, __owner: owner, __logicalName: "docs", __generation: "ba4d643" };
    const run = () => createCollection(contextOf(fake.address, said), collectionRequest(inputs));
    return { client, run, said, names: () => fake.collections().map(({ name }) => name) };
}

describe("a first create", () => {
    it("drops what an interrupted one has left under the name of another generation", async () => {
        const { run, said, names } = await fixture({ docs_3fa9c1d: {} });
        await run();
        expect(names()).to.deep.equal(["docs_ba4d643"]);
        expect(said).to.include(
            "docs: dropping docs_3fa9c1d: an interrupted run created it, and it is empty",
        );
    });

    it("touches nothing that has rows or an alias, that is a copy, in service, or another's", async () => {
        const { client, run, names } = await fixture({
            docs_1111111: {},
            docs_2222222: {},
            docs_3333333: { from: "0000000" },
            docs_4444444: { state: "live" },
            docs_5555555: { owner: "shop/dev/docs" },
            docs_more_6666666: {},
        });
        await insert(client, "docs_1111111", { fields: smallest }, { id: ["1"] });
        await createAlias(client, { database: undefined, alias: "live" }, "docs_2222222");
        const before = names();
        await run();
        expect(names()).to.deep.equal([...before, "docs_ba4d643"]);
    });
});
