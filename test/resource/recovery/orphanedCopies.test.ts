import { expect } from "chai";

import { createAlias } from "../../../provider/milvus/collection/aliases";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import type { OwnershipMarker } from "../../../provider/observe/state";
import { remove } from "../../../provider/resource/collection/remove";
import { collectionState } from "../../../provider/resource/context/resourceState";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import { create, open, ref, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const owner = "shop/prod/docs";
const generation = "3fa9c1d";
const leaseUntil = (until: number) => ({
    "pulumi.lease": JSON.stringify({ id: "another run", machine: "another", pid: 1, until }),
});

describe("copies that a run did not end", () => {
    it("go with their source, but for one that an alias points at, is in work, or is another's", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        const withMarker = async (marker: Partial<OwnershipMarker>, more = {}, logical = "docs") => {
            const all = {
                owner,
                generation: "",
                from: generation,
                state: "building",
                ...marker,
            } as OwnershipMarker;
            const name = `${logical}_${all.generation}`;
            await create(client, name);
            await setProperties(client, ref(name), { ...markerProperties(all), ...more });
            return name;
        };
        const docs = await withMarker({ generation, from: undefined, state: "live" });
        const idle = await withMarker({ generation: "aaaaaaa" });
        // The resource was called otherwise when its collection was made.
        const renamed = await withMarker({ generation: "aaaaaac" }, {}, "pages");
        const expired = await withMarker({ generation: "aaaaaab" }, leaseUntil(1));
        const inWork = await withMarker({ generation: "ccccccc" }, leaseUntil(Date.now() + 60_000));
        const aliased = await withMarker({ generation: "ddddddd" });
        await createAlias(client, { database: undefined, alias: "reports" }, aliased);
        const others = await withMarker({ generation: "eeeeeee", owner: "shop/test/docs" });

        const said: string[] = [];
        await remove(
            contextOf(fake.address, said),
            collectionState(
                { __owner: owner, __logicalName: "pages", generation, collectionName: docs },
                normalizeCollection(CollectionInputs.parse({ fields: smallest })),
            ),
        );
        expect(fake.collections().map(({ name }) => name)).to.have.members([inWork, aliased, others]);
        for (const name of [idle, renamed, expired])
            expect(said).to.include(
                `pages: dropping ${name}, an unfinished copy of ${docs} left by an interrupted run`,
            );
        for (const name of [inWork, aliased])
            expect(said.join("\n")).to.include(`pages: ${name} holds rows of ${docs}, and is kept`);
    });
});
