import { expect } from "chai";

import type { MilvusClient } from "../../provider/milvus/transport/client";
import { grant } from "../../provider/milvus/access/operateGrant";
import { type Grant, grantsOn } from "../../provider/milvus/access/roleGrants";
import { dropCollection } from "../../provider/milvus/collection/collections";
import { collectionRequest, collectionState } from "../../provider/resource/context/resourceState";
import { newGeneration } from "../../provider/resource/context/identity";
import { create, diff } from "../../provider/resource/collection";
import type { CollectionArguments } from "../../provider/inputs/schema/collection";
import { parseCollection } from "../../provider/inputs/parse";
import type { Props } from "../../provider/resource/session/props";
import { contextOf } from "../resource/context/contextOf";
import { open, ref, smallest } from "./open";

/** One granted by OperatePrivilege, and a group that only OperatePrivilegeV2 grants, recorded as Global. */
const grants: Grant[] = [
    { role: "reader", privilege: "Search", grantor: "root", object: "Collection" },
    { role: "reader", privilege: "CollectionReadOnly", grantor: "root", object: "Global" },
    { role: "reader", privilege: "our_group", grantor: "root", object: "Global" },
];

const hidden = (): Props => ({
    __owner: "grants/test/docs",
    __logicalName: "docs",
    __generation: newGeneration(),
});

/** Deploys a collection, grants privileges on it, and migrates it; returns its new name. */
async function migrated(client: MilvusClient, address: string, base: Partial<CollectionArguments>) {
    const context = contextOf(address);
    const first = { ...base, fields: smallest, migration: { grace: 0 }, ...hidden() };
    const state = { ...first, ...(await create(context, collectionRequest(first))) };
    const old = state.collectionName;
    await client.call("CreateRole", { entity: { name: "reader" } });
    for (const one of grants) await grant(client, ref(old), one);
    const next = {
        ...base,
        fields: [...smallest, { name: "size", dataType: "Int64" as const }],
        migration: { grace: 0 },
    };
    const { spec } = parseCollection(next);
    await diff(context, collectionState(state), spec!);
    const outs = await create(context, collectionRequest({ ...next, ...hidden() }));
    return { old, now: outs.collectionName };
}

describe("privileges of roles on a collection (fake)", function () {
    this.timeout(60_000);
    // Before 2.6.12 they belong to the name; since then they move with a rename and are deleted with a drop.
    for (const version of ["2.5.16", "2.6.11", "2.6.18"]) {
        it(`stay with a name that its copy takes over on ${version}`, async () => {
            const { client, fake } = await open(version, { pending: 0 });
            const { old, now } = await migrated(client, fake.address, { name: "docs" });
            expect(now).to.equal(old);
            expect(await grantsOn(client, ref(now))).to.have.deep.members(grants);
            // The old one, which has the generation in its name until it is dropped.
            const others = fake.collections().filter(({ name }) => name !== now);
            for (const { name } of others) await dropCollection(client, ref(name));
            expect(await grantsOn(client, ref(now))).to.have.deep.members(grants);
            const left = fake.grants().filter(({ name }) => name !== now);
            expect(left, "privileges on names without a collection").to.deep.equal([]);
        });

        it(`are given on the new collection beside the old one on ${version}`, async () => {
            const { client, fake } = await open(version, { pending: 0 });
            const { old, now } = await migrated(client, fake.address, {});
            expect(now).to.not.equal(old);
            expect(await grantsOn(client, ref(now))).to.have.deep.members(grants);
            expect(await grantsOn(client, ref(old))).to.have.deep.members(grants);
        });
    }
});
