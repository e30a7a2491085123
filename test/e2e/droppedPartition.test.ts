import { expect } from "chai";

import { createPartition, dropPartition } from "../../provider/milvus/collection/partitions";
import { onFaultyStacks } from "../support/data/onStacks";
import { expectOk } from "../support/data/site";
import type { Moment } from "../support/faults/moment";
import type { FaultySite } from "../support/faults/site";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest, type Version } from "../support/traffic/rows";

const right = { lost: [], resurrected: [], stale: [] };
const rows = (from: number, to: number): Version[] =>
    Array.from({ length: to - from }, (_, at) => ({ key: BigInt(from + at), version: 1 }));

onFaultyStacks(
    "a partition that clients drop during a migration",
    { needs: ["partitions", "aliases"], fast: ["milvus-lite-3.2.2"], fastTests: 1 },
    (open) => {
        /** 300 rows are there, and 200 more in a partition of their own; another schema is declared. */
        async function filled() {
            const opened = await open();
            const { client, prefix } = opened;
            const program = (maxLength: number) => ({
                collections: { [`${prefix}docs`]: collectionOf(maxLength) },
                aliases: { live: { name: `${prefix}live`, of: `${prefix}docs` } },
            });
            await opened.deploy(program(64));
            const [old] = (await opened.collections()) as [string];
            await createPartition(client, { database: undefined, name: old }, "tenant");
            await client.call("Insert", rowsRequest(old, rows(0, 300)));
            await client.call("Insert", { ...rowsRequest(old, rows(300, 500)), partition_name: "tenant" });
            await opened.declare(program(128));
            const drop = (name: string) => dropPartition(client, { database: undefined, name }, "tenant");
            return { site: opened, old, drop };
        }

        async function interruptedUp(opened: FaultySite, moment: Moment): Promise<void> {
            const order = opened.order(moment, { kind: "kill-provider" });
            const up = await opened.stack.up();
            await order.done;
            await opened.mend();
            expect(up.ok, up.output).to.equal(false);
        }

        /** The new collection alone is there, with these rows. */
        async function expectRows(opened: FaultySite, old: string, wanted: Version[]) {
            const [copy, ...others] = (await opened.collections()) as [string];
            expect(others).to.deep.equal([]);
            expect(copy).to.not.equal(old);
            const oracle = new Map(wanted.map(({ key, version }) => [key, version]));
            expect(await compareWithOracle(opened.client, copy, oracle)).to.deep.equal(right);
        }

        for (const [when, method] of [
            ["while rows are copied", "CreateCollection"],
            ["after the rows are copied", "Flush"],
            ["right before the alias moves", "AlterAlias"],
        ] as const)
            it(`is not carried over, ${when}`, async function () {
                this.timeout(5 * 60_000);
                const { site, old, drop } = await filled();
                const order = site.relay.at({ method, when: "before" }, async () => {
                    await drop(old);
                    return { kind: "go-on" };
                });
                expectOk(await site.stack.up());
                await order.done;
                await expectRows(site, old, rows(0, 300));
            });

        it("is not carried over by the run after one that was interrupted before the alias moved", async function () {
            this.timeout(5 * 60_000);
            const { site, old, drop } = await filled();
            await interruptedUp(site, { method: "AlterAlias", when: "before" });
            await drop(old);
            expectOk(await site.stack.up());
            await expectRows(site, old, rows(0, 300));
        });

        it("is not created again if clients drop it in the new collection", async function () {
            this.timeout(5 * 60_000);
            const { site, old, drop } = await filled();
            await interruptedUp(site, { method: "DropCollection", when: "before" });
            await drop((await site.collections()).find((name) => name !== old)!);
            // A client that still uses the old collection: its writes there are dropped with the partition.
            await site.client.call("Insert", {
                ...rowsRequest(old, rows(500, 510)),
                partition_name: "tenant",
            });
            await site.client.call("Insert", rowsRequest(old, rows(510, 520)));
            expectOk(await site.stack.up());
            await expectRows(site, old, [...rows(0, 300), ...rows(510, 520)]);
        });
    },
);
