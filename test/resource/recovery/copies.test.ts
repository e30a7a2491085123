import { expect } from "chai";

import { createAlias } from "../../../provider/milvus/collection/aliases";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { listCollections, setProperties } from "../../../provider/milvus/collection/collections";
import { markerProperties } from "../../../provider/observe/ownershipMarker";
import type { OwnershipMarker } from "../../../provider/observe/state";
import { checkpointProperty, firstCheckpoint } from "../../../provider/migration/properties/checkpoint";
import { observeGenerations } from "../../../provider/observe/generations";
import { CollectionInputs } from "../../../provider/inputs/schema/collection";
import { normalizeCollection } from "../../../provider/inputs/normalize";
import type { Report } from "../../../provider/migration/report";
import { planCopies } from "../../../provider/plan/recovery/copies";
import { capabilities } from "../../../provider/observe/capabilities";
import { execute } from "../../../provider/resource/recovery/execute";
import { failure } from "../../fake/failure";
import { create, open, ref, smallest } from "../../fake/open";
import { contextOf } from "../context/contextOf";

const owner = "shop/prod/docs";
const generation = "3fa9c1d";
const marker: OwnershipMarker = {
    owner,
    generation: "ba4d643",
    from: generation,
    state: "building",
};

/** A copy of the plan, or of none that this release can read. */
async function leaveCopy(
    client: MilvusClient,
    name: string,
    plan?: string,
    more: Partial<OwnershipMarker> = {},
) {
    await create(client, name);
    await setProperties(client, ref(name), {
        ...markerProperties({ ...marker, ...more }),
        ...(plan !== undefined && checkpointProperty({ ...firstCheckpoint(plan, [undefined]), rows: 7 })),
    });
}

/** Takes the copies that stand there, as a migration of `plan` does before it copies. */
async function takeCopies(client: MilvusClient, plan: string, report: Report) {
    const context = contextOf(client.target);
    const seen = await observeGenerations(
        client,
        { database: undefined, prefixes: ["docs"] },
        context.session.holder,
    );
    const actions = planCopies(seen, { owner, generation, plan, isInPlace: () => true });
    const spec = normalizeCollection(CollectionInputs.parse({ fields: smallest }));
    const work = { client, capabilities: await capabilities(client), context, owner, name: "docs", spec };
    return (await execute(actions, { ...work, report })).resumed;
}

async function take(client: MilvusClient) {
    const said: string[] = [];
    const report = { say: (line: string) => void said.push(line), progress: () => undefined };
    const taken = await takeCopies(client, "mine", report);
    return { taken, said, left: (await listCollections(client, undefined)).sort() };
}

describe("what a migration that was cut has left", () => {
    it("is gone on with where it is of the same plan, and the rest is removed", async () => {
        const { client } = await open("2.6.18");
        await leaveCopy(client, "docs_1", "another");
        await leaveCopy(client, "docs_2", "mine", { generation: "2222222" });
        await leaveCopy(client, "docs_3", "mine");
        await leaveCopy(client, "docs_4");
        const { taken, said, left } = await take(client);
        expect(left).to.deep.equal(["docs_2"]);
        expect(taken).to.deep.include({ ref: ref("docs_2"), generation: "2222222" });
        expect(taken!.checkpoint).to.deep.include({ plan: "mine", rows: 7 });
        expect(said).to.deep.equal([
            "dropping docs_1, an unfinished copy of another plan left by an interrupted run",
            "resuming the copy docs_2: an interrupted run has copied 7 rows",
            "dropping docs_3, an unfinished copy of another plan left by an interrupted run",
            "dropping docs_4, an unfinished copy without a checkpoint left by an interrupted run",
        ]);
    });

    it("is told from what is another's, of another generation, or not ours at all", async () => {
        const { client } = await open("2.6.18");
        await leaveCopy(client, "docs_1", "mine", { owner: "shop/dev/docs" });
        await leaveCopy(client, "docs_2", "mine", { from: "0000000" });
        await leaveCopy(client, "docs_3", "mine", { from: undefined });
        await leaveCopy(client, "docs_kept", "mine", { state: "previous" });
        await leaveCopy(client, "pages_4", "mine");
        await create(client, "docs");
        const { taken, said, left } = await take(client);
        expect({ taken, said }).to.deep.equal({ taken: undefined, said: [] });
        expect(left).to.deep.equal(["docs", "docs_1", "docs_2", "docs_3", "docs_kept", "pages_4"]);
    });

    it("stops the run where an alias says that it is in service: the rows of the old one are older", async () => {
        const { client } = await open("2.6.18");
        await leaveCopy(client, "docs_1", "mine", { state: "live" });
        await createAlias(client, { database: undefined, alias: "live" }, "docs_1");
        const error = await failure(take(client));
        expect(error).to.have.property("code", "MV330");
        expect(error.message).to.include("serves the alias live").and.include("the state does not know it");
        expect(await listCollections(client, undefined)).to.deep.equal(["docs_1"]);
    });

    it("stays where another run is at work on it", async () => {
        const now = Date.now();
        const { client, fake } = await open("2.6.18", { clock: () => now });
        await leaveCopy(client, "docs_1", "mine");
        const { properties } = fake.collections()[0]!;
        const lease = { id: "other", machine: "ci-runner-7", pid: 4711, until: now + 300 };
        properties.set("pulumi.lease", JSON.stringify(lease));
        const renew = () => {
            properties.set("pulumi.lease", JSON.stringify({ ...lease, until: lease.until + 60_000 }));
        };
        const report = { say: renew, progress: () => undefined };
        expect(await failure(takeCopies(client, "mine", report))).to.have.property("code", "MV322");
        expect(await listCollections(client, undefined)).to.deep.equal(["docs_1"]);
    });
});
