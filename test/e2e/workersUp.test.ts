import { expect } from "chai";

import { describeCollection, setProperties } from "../../provider/milvus/collection/collections";
import { leaseProperty } from "../../provider/migration/properties/lease";
import { newLeaseHolder } from "../../provider/observe/lease";
import { shardLease } from "../../provider/observe/shards";
import { onFaultyStacks } from "../support/data/onStacks";
import { expectFailure, expectOk } from "../support/data/site";
import type { FaultySite } from "../support/faults/site";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest, type Version } from "../support/traffic/rows";
import type { Oracle } from "../support/traffic/writer";
import { untilDone } from "../support/workers/workers";

const count = 3_000;
const right = { lost: [], resurrected: [], stale: [] };

onFaultyStacks(
    "`pulumi up` behind workers",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], needs: ["aliases"], fast: [], once: true },
    (open) => {
        const program = ({ prefix }: FaultySite, maxLength: number) => ({
            collections: { [`${prefix}docs`]: collectionOf(maxLength) },
            aliases: { live: { name: `${prefix}live`, of: `${prefix}docs` } },
        });
        const write = ({ client }: FaultySite, call: "Insert" | "Upsert", name: string, rows: Version[]) =>
            client.call(call, rowsRequest(name, rows));

        /** A stack whose `up` was killed before its first insert, and what its clients know. */
        async function begun() {
            const site = await open();
            await site.deploy(program(site, 64));
            const [old] = await site.collections();
            const rows = Array.from({ length: count }, (_, at) => ({ key: BigInt(at), version: 1 }));
            await write(site, "Insert", old!, rows);
            await site.declare(program(site, 128));
            const order = site.order({ method: "Insert", when: "before" }, { kind: "kill-provider" });
            const up = await site.stack.up();
            await order.done;
            await site.mend();
            expect(up.ok, up.output).to.equal(false);
            const copy = (await site.collections()).find((one) => one !== old)!;
            const oracle: Oracle = new Map(rows.map((row) => [row.key, row.version]));
            return { site, old: old!, copy, oracle };
        }

        it("ends while a worker is at work (MV380), then verifies what all have copied, and switches", async function () {
            this.timeout(8 * 60_000);
            const { site, old, copy, oracle } = await begun();
            const shards = { address: site.server.address, collection: copy, count: 2 };
            await untilDone(shards, 0);
            // A worker of another machine has the other shard.
            const at = { database: undefined, name: copy };
            const elsewhere = { ...newLeaseHolder("work"), machine: "node-7" };
            await setProperties(
                site.client,
                at,
                await leaseProperty(site.client, elsewhere, false, shardLease(1)),
            );
            expectFailure(await site.stack.up(), /a worker copies shard 1; 1 of 2 shards are copied.*MV380/s);
            expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(old);

            await setProperties(site.client, at, { [shardLease(1)]: "" });
            await untilDone(shards, 1);
            // What clients write meanwhile comes with the passes after the copy.
            await write(site, "Upsert", old, [{ key: 5n, version: 2 }]);
            oracle.set(5n, 2);
            const up = await site.stack.up();
            expectOk(up);
            expect(up.output).to.include("took over from 2 shards: all are copied");
            expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(copy);
            expect(await site.collections()).to.deep.equal([copy]);
            expect(await compareWithOracle(site.client, copy, oracle)).to.deep.include(right);
            expect((await describeCollection(site.client, at))!.properties["pulumi.shards"] ?? "").to.equal(
                "",
            );
        });

        it("copies the shards that no worker has begun", async function () {
            this.timeout(8 * 60_000);
            const { site, copy, oracle } = await begun();
            await untilDone({ address: site.server.address, collection: copy, count: 3 }, 1);
            const up = await site.stack.up();
            expectOk(up);
            expect(up.output).to.include(
                "took over from 3 shards: 1 are copied, and this run copies the rest",
            );
            expect(await compareWithOracle(site.client, copy, oracle)).to.deep.include(right);
        });
    },
);
