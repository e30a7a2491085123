import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { listCollections, setProperties } from "../../../provider/milvus/collection/collections";
import { loadState, releaseCollection } from "../../../provider/milvus/collection/loading";
import { capabilities } from "../../../provider/observe/capabilities";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import { planUpdate } from "../../../provider/plan/recovery/located";
import { locateRecorded } from "../../../provider/plan/recovery/situation";
import { collectionState } from "../../../provider/resource/context/resourceState";
import { observeSituation } from "../../../provider/resource/context/situation";
import { execute } from "../../../provider/resource/recovery/execute";
import { failure } from "../../fake/failure";
import { create, open, ref, serve, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const owner = "shop/prod/docs";
const props = { __owner: owner, generation: "3fa9c1d", collectionName: "docs" };
const spec = normalizeCollection(CollectionInputs.parse({ fields: smallest }));
const report = { say: () => undefined, progress: () => undefined };
const names = (client: MilvusClient) => listCollections(client, undefined);
const marker = { owner, generation: "3fa9c1d", from: undefined, state: "live" } as const;

/** What recovery does before a change in place; returns the name that the collection has then. */
async function recover(client: MilvusClient, declared = spec): Promise<string> {
    const context = contextOf(client.target);
    const situation = await observeSituation(context.session, client, collectionState(props, declared));
    const work = {
        client,
        capabilities: await capabilities(client),
        context,
        owner,
        name: "docs",
        spec: declared,
    };
    const { restored } = await execute(planUpdate(situation), { ...work, report });
    return (restored ?? locateRecorded(situation)!.ref).name;
}

describe("a collection under another name than the state has", () => {
    it("gets its name back where a swap has taken it, and keeps one that somebody gave it by hand", async () => {
        for (const [found, after] of [
            ["docs_3fa9c1d", "docs"],
            ["docs_of_may", "docs_of_may"],
        ] as const) {
            const { client } = await open("2.6.18", { pending: 0 });
            await create(client, found);
            await setProperties(client, ref(found), markerProperties(marker));
            expect(await recover(client)).to.equal(after);
            expect(await names(client)).to.deep.equal([after]);
        }
    });

    it("is loaded again where renames have released it, unless its program does not load it", async () => {
        for (const [load, after] of [
            [true, "loaded"],
            [false, "not-loaded"],
        ] as const) {
            const { client } = await open("2.6.18", { pending: 0 });
            await create(client, "docs_3fa9c1d");
            await serve(client, "docs_3fa9c1d");
            await setProperties(client, ref("docs_3fa9c1d"), markerProperties(marker));
            // As milvus-lite 3.2.2 does with each rename (measured).
            await releaseCollection(client, ref("docs_3fa9c1d"));
            await recover(client, normalizeCollection(CollectionInputs.parse({ fields: smallest, load })));
            expect(await loadState(client, ref("docs"))).to.equal(after);
        }
    });

    it("gets its name back where it cannot be loaded", async () => {
        const { client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs_3fa9c1d");
        await setProperties(client, ref("docs_3fa9c1d"), markerProperties(marker));
        expect(await recover(client)).to.equal("docs");
        expect(await loadState(client, ref("docs"))).to.equal("not-loaded");
    });

    it("is not changed where its successor has the name by now", async () => {
        const { client } = await open("2.6.18", { pending: 0 });
        for (const name of ["docs", "docs_3fa9c1d"]) await create(client, name);
        await setProperties(client, ref("docs_3fa9c1d"), markerProperties(marker));
        const successor = { owner, generation: "ba4d643", state: "live" } as const;
        await setProperties(client, ref("docs"), markerProperties({ ...successor, from: "0000000" }));
        expect(await recover(client)).to.equal("docs_3fa9c1d");
        await setProperties(client, ref("docs"), markerProperties({ ...successor, from: props.generation }));
        const error = await failure(recover(client));
        expect(error).to.have.property("code", "MV328");
        expect(error.message).to.match(/^docs: an interrupted run put a new collection in its place/);
    });
});
