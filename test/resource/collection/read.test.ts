import { expect } from "chai";

import { setProperties } from "../../../provider/milvus/collection/collections";
import { capabilities } from "../../../provider/observe/capabilities";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import { read } from "../../../provider/resource/collection/read";
import { collectionState } from "../../../provider/resource/context/resourceState";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import { fence } from "../../../provider/migration/lifecycle/writeFence";
import { nameSuccessor } from "../../../provider/migration/properties/successor";
import { create, open, ref, serve, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const RATE = "collection.insertRate.max.mb";
const properties = { [RATE]: "16" };
const props = { __owner: "shop/prod/docs", generation: "3fa9c1d", collectionName: "docs" };

const declared = (own: Record<string, string>) =>
    normalizeCollection(CollectionInputs.parse({ fields: smallest, properties: own }));

/** Refreshes a collection whose switch was cut right behind its fence; returns its rate from then on, and what is said. */
async function refresh(owner: string, leaseOfCopy?: number) {
    const { fake, client } = await open("2.6.18", { pending: 0, limits: "all" });
    await create(client, "docs", { properties });
    await serve(client, "docs");
    const marker = { owner, generation: "3fa9c1d", from: undefined, state: "live" } as const;
    await setProperties(client, ref("docs"), markerProperties(marker));
    await fence({ client, capabilities: await capabilities(client), ref: ref("docs") });
    if (leaseOfCopy !== undefined) {
        await create(client, "docs_aaaaaaa");
        const copy = { owner, generation: "aaaaaaa", from: "3fa9c1d", state: "live" } as const;
        const lease = { id: "another run", machine: "another", pid: 1, until: leaseOfCopy };
        await setProperties(client, ref("docs_aaaaaaa"), {
            ...markerProperties(copy),
            "pulumi.lease": JSON.stringify(lease),
        });
        await nameSuccessor(client, ref("docs"), { ...ref("docs_aaaaaaa"), retain: undefined });
    }
    const said: string[] = [];
    await read(contextOf(fake.address, said), collectionState(props, declared(properties)));
    return { said, rate: fake.collections()[0]!.properties.get(RATE) };
}

describe("a refresh", () => {
    it("gives a collection its name back that a swap has taken and did not give to another", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs_3fa9c1d");
        const marker = {
            owner: props.__owner,
            generation: "3fa9c1d",
            from: undefined,
            state: "live",
        } as const;
        await setProperties(client, ref("docs_3fa9c1d"), markerProperties(marker));
        const said: string[] = [];
        await read(contextOf(fake.address, said), collectionState(props, declared({})));
        expect(fake.collections().map(({ name }) => name)).to.deep.equal(["docs"]);
        expect(said.join()).to.include("docs_3fa9c1d gets its name docs back");
    });

    it("lets writes in again where a run was cut before it could", async () => {
        expect(await refresh(props.__owner)).to.deep.equal({ said: [], rate: "16" });
    });

    it("leaves that to the run that has a copy of it in work: it is about to switch", async () => {
        expect((await refresh(props.__owner, Date.now() + 60_000)).rate).to.equal("0.000001");
        expect((await refresh(props.__owner, Date.now() - 1)).rate).to.equal("16");
    });

    it("touches nothing that belongs to another", async () => {
        expect((await refresh("shop/dev/docs")).rate).to.equal("0.000001");
    });
});
