import { expect } from "chai";

import { createAlias } from "../../../provider/milvus/aliases";
import type { MilvusClient } from "../../../provider/milvus/client";
import { listCollections, setProperties } from "../../../provider/milvus/collections";
import { stampProperties } from "../../../provider/observe/stamp";
import type { Stamp } from "../../../provider/observe/state";
import { checkpointProperty, firstCheckpoint } from "../../../provider/migration/properties/checkpoint";
import {
    type Leftover,
    takeLeftovers,
    type Trace,
} from "../../../provider/migration/lifecycle/interruptedCopies";
import { failure } from "../../fake/failure";
import { create, open, ref } from "../../fake/open";

const trace: Trace = {
    owner: "shop/prod/docs",
    generation: "3fa9c1d",
    database: undefined,
    prefix: "docs",
};
const stamp: Stamp = { owner: trace.owner, generation: "ba4d643", from: trace.generation, state: "building" };

/** A copy of the plan, or of none that this release can read. */
async function leave(client: MilvusClient, name: string, plan?: string, more: Partial<Stamp> = {}) {
    await create(client, name);
    await setProperties(client, ref(name), {
        ...stampProperties({ ...stamp, ...more }),
        ...(plan !== undefined && checkpointProperty({ ...firstCheckpoint(plan, [undefined]), rows: 7 })),
    });
}

async function take(client: MilvusClient, isWanted: (leftover: Leftover) => boolean = () => true) {
    const said: string[] = [];
    const report = { say: (line: string) => void said.push(line), progress: () => undefined };
    const taken = await takeLeftovers(client, trace, isWanted, report);
    return { taken, said, left: (await listCollections(client, undefined)).sort() };
}

describe("what a migration that was cut has left", () => {
    it("is gone on with where it is of the same plan, and the rest is removed", async () => {
        const { client } = await open("2.6.18");
        await leave(client, "docs_1", "another");
        await leave(client, "docs_2", "mine", { generation: "2222222" });
        await leave(client, "docs_3", "mine");
        await leave(client, "docs_4");
        const { taken, said, left } = await take(client, ({ checkpoint }) => checkpoint.plan === "mine");
        expect(left).to.deep.equal(["docs_2"]);
        expect(taken).to.deep.include({ ref: ref("docs_2"), generation: "2222222" });
        expect(taken!.checkpoint).to.deep.include({ plan: "mine", rows: 7 });
        expect(said).to.deep.equal([
            "removing docs_1, left by a migration that did not end",
            "going on with docs_2, 7 rows of which were copied by a run that was cut",
            "removing docs_3, left by a migration that did not end",
            "removing docs_4, left by a migration that did not end",
        ]);
    });

    it("is told from what is another's, of another generation, or not ours at all", async () => {
        const { client } = await open("2.6.18");
        await leave(client, "docs_1", "mine", { owner: "shop/dev/docs" });
        await leave(client, "docs_2", "mine", { from: "0000000" });
        await leave(client, "docs_3", "mine", { from: undefined });
        await leave(client, "docs_kept", "mine", { state: "previous" });
        await leave(client, "pages_4", "mine");
        await create(client, "docs");
        const { taken, said, left } = await take(client);
        expect({ taken, said }).to.deep.equal({ taken: undefined, said: [] });
        expect(left).to.deep.equal(["docs", "docs_1", "docs_2", "docs_3", "docs_kept", "pages_4"]);
    });

    it("stops the run where an alias says that it is in service: the rows of the old one are older", async () => {
        const { client } = await open("2.6.18");
        await leave(client, "docs_1", "mine", { state: "live" });
        await createAlias(client, { database: undefined, alias: "live" }, "docs_1");
        const error = await failure(take(client));
        expect(error).to.have.property("code", "MV330");
        expect(error.message)
            .to.include("serves by the alias live")
            .and.include("the state knows nothing of it");
        expect(await listCollections(client, undefined)).to.deep.equal(["docs_1"]);
    });

    it("stays where another run is at work on it", async () => {
        const now = Date.now();
        const { client, fake } = await open("2.6.18", { clock: () => now });
        await leave(client, "docs_1", "mine");
        const { properties } = fake.collections()[0]!;
        const lease = { id: "other", machine: "ci-runner-7", pid: 4711, until: now + 300 };
        properties.set("pulumi.lease", JSON.stringify(lease));
        const renew = () => {
            properties.set("pulumi.lease", JSON.stringify({ ...lease, until: lease.until + 60_000 }));
        };
        const report = { say: renew, progress: () => undefined };
        expect(await failure(takeLeftovers(client, trace, () => true, report))).to.have.property(
            "code",
            "MV322",
        );
        expect(await listCollections(client, undefined)).to.deep.equal(["docs_1"]);
    });
});
