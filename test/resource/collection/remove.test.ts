import { expect } from "chai";

import { createAlias, dropAlias } from "../../../provider/milvus/collection/aliases";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { capabilities } from "../../../provider/observe/capabilities";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import { remove } from "../../../provider/resource/collection/remove";
import { collectionState } from "../../../provider/resource/context/resourceState";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import { fence } from "../../../provider/migration/lifecycle/writeFence";
import { failure } from "../../fake/failure";
import { create, open, ref, serve, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const RATE = "collection.insertRate.max.mb";

const marker = { owner: "shop/prod/docs", generation: "3fa9c1d", from: undefined, state: "live" } as const;

/** A collection that serves, as the state has it. */
async function deployed() {
    const { fake, client } = await open("2.6.18", { pending: 0, limits: "all" });
    await create(client, "docs");
    await serve(client, "docs");
    await setProperties(client, ref("docs"), markerProperties(marker));
    return { fake, client };
}

describe("an old collection that cannot be dropped", () => {
    it("takes writes again where an alias of others keeps it: their clients would be refused without end", async () => {
        const { fake, client } = await deployed();
        await fence({ client, capabilities: await capabilities(client), ref: ref("docs") });
        await createAlias(client, { database: undefined, alias: "reports" }, "docs");
        const rate = () => fake.collections()[0]!.properties.get(RATE);
        expect(rate()).to.equal("0.000001");

        const error = await failure(
            remove(
                contextOf(fake.address),
                collectionState(
                    { __owner: marker.owner, generation: marker.generation, collectionName: "docs" },
                    normalizeCollection(CollectionInputs.parse({ fields: smallest })),
                ),
            ),
        );
        expect(error).to.have.property("code", "MV304");
        expect(rate()).to.equal(undefined);
    });

    it("stays where an alias of others keeps it, though this run has copied it and knows how to end that", async () => {
        const { fake, client } = await deployed();
        await createAlias(client, { database: undefined, alias: "reports" }, "docs");
        const context = contextOf(fake.address);
        const done: string[] = [];
        const step = (name: string) => () => Promise.resolve(void done.push(name));
        context.session.activeCutovers.add(
            marker.generation,
            { client, ref: ref("docs_ba4d643") },
            {
                phase: "switched",
                renamed: () => undefined,
                prepareSwitch: step("prepareSwitch"),
                undoSwitch: step("undoSwitch"),
                completeSwitch: step("completeSwitch"),
                finish: step("finish"),
                forget: step("forget"),
            },
        );
        const state = collectionState(
            { __owner: marker.owner, generation: marker.generation, collectionName: "docs" },
            normalizeCollection(CollectionInputs.parse({ fields: smallest })),
        );
        expect(await failure(remove(context, state))).to.have.property("code", "MV304");
        expect(done).to.deep.equal([]);
        expect(fake.collections()).to.have.length(1);

        await dropAlias(client, { database: undefined, alias: "reports" });
        await remove(context, state);
        expect(done).to.deep.equal(["finish", "forget"]);
        expect(fake.collections()).to.have.length(0);
    });
});
