import { expect } from "chai";

import type { Message } from "../../provider/milvus/transport/protocol";
import { createPartition, listPartitions } from "../../provider/milvus/collection/partitions";
import { onFaultyStacks } from "../support/data/onStacks";
import { expectFailure, expectOk } from "../support/data/site";
import { isMarkedLive } from "../support/faults/isMarkedLive";
import type { Moment } from "../support/faults/moment";
import type { FaultySite } from "../support/faults/site";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest, type Version } from "../support/traffic/rows";

const none = { lost: [], resurrected: [], stale: [] };
const rows = (from: number, to: number): Version[] =>
    Array.from({ length: to - from }, (_, at) => ({ key: BigInt(from + at), version: 1 }));

onFaultyStacks(
    "a partition that clients create during a migration",
    { needs: ["partitions"], fast: ["milvus-lite-3.2.2"], fastTests: 1 },
    (open) => {
        let site: FaultySite | undefined;

        /** 300 rows are there, and 200 more come with a partition of their own. */
        async function migrate(
            method: string,
            of: (request: Message) => boolean,
            writes: "online" | "paused",
            killed?: Moment | "then",
        ) {
            const opened = (site = await open());
            const { client, prefix } = opened;
            const program = (maxLength: number) => ({
                collections: { [`${prefix}docs`]: { ...collectionOf(maxLength), migration: { writes } } },
            });
            await site.deploy(program(64));
            const [old] = (await site.collections()) as [string];
            await client.call("Insert", rowsRequest(old, rows(0, 300)));
            await site.declare(program(128));
            const isCopy = ({ collection_name: name, collection_names: flushed }: Message) =>
                (name ?? (flushed as string[])[0]) !== old;
            const moment = {
                method,
                of: (request: Message) => isCopy(request) && of(request),
                when: "before" as const,
            };
            const order = site.relay.at(moment, async () => {
                await createPartition(client, { database: undefined, name: old }, "fresh");
                await client.call("Insert", { ...rowsRequest(old, rows(300, 500)), partition_name: "fresh" });
                if (killed !== "then") return { kind: "go-on" };
                await opened.processes.killProvider();
                return { kind: "lose" };
            });
            if (killed && killed !== "then") site.order(killed, { kind: "kill-provider" });
            const up = await site.stack.up();
            expect(order.reached, up.output).to.equal(true);
            return { up, old };
        }

        const oracle = new Map(rows(0, 500).map(({ key, version }) => [key, version]));
        const moments = [
            ["while rows are copied", "Flush", () => true],
            ["right before the switch", "AlterCollection", isMarkedLive],
        ] as const;
        for (const [when, method, of] of moments)
            it(`is carried over with its rows, ${when}`, async function () {
                this.timeout(5 * 60_000);
                const { up, old } = await migrate(method, of, "online");
                expect(expectOk(up).output).to.include(
                    `${old} has a new partition fresh; its rows are carried over`,
                );
                const [copy, ...others] = (await site!.collections()) as [string];
                expect(others).to.deep.equal([]);
                expect(copy).to.not.equal(old);
                const ref = { database: undefined, name: copy };
                expect(await listPartitions(site!.client, ref)).to.have.members(["_default", "fresh"]);
                expect(await compareWithOracle(site!.client, copy, oracle)).to.deep.equal(none);
            });

        it("is carried over with its rows by a run that resumes an interrupted copy", async function () {
            this.timeout(5 * 60_000);
            const { up, old } = await migrate("Flush", () => true, "online", "then");
            expect(up.ok, up.output).to.equal(false);
            await site!.mend();
            const again = expectOk(await site!.stack.up());
            expect(again.output).to.include("an interrupted run has copied 300 rows");
            const [copy, ...others] = (await site!.collections()) as [string];
            expect(others).to.deep.equal([]);
            expect(copy).to.not.equal(old);
            expect(await compareWithOracle(site!.client, copy, oracle)).to.deep.equal(none);
        });

        it("does not get the rows that clients delete before an interrupted run is resumed", async function () {
            this.timeout(5 * 60_000);
            const beforeDrop: Moment = { method: "DropCollection", when: "before" };
            const { up, old } = await migrate("AlterCollection", isMarkedLive, "online", beforeDrop);
            expect(up.ok, up.output).to.equal(false);
            await site!.mend();
            const copy = (await site!.collections()).find((name) => name !== old)!;
            expect(await compareWithOracle(site!.client, copy, oracle)).to.deep.equal(none);
            await site!.client.call("Delete", { collection_name: copy, expr: "id in [300, 301]" });
            const left = new Map([...oracle].filter(([key]) => key !== 300n && key !== 301n));

            expectOk(await site!.stack.up());
            expect(await site!.collections()).to.deep.equal([copy]);
            expect(await compareWithOracle(site!.client, copy, left)).to.deep.equal(none);
        });

        it('is not dropped with its rows with writes: "paused"', async function () {
            this.timeout(5 * 60_000);
            const { up, old } = await migrate("AlterCollection", isMarkedLive, "paused");
            expectFailure(up, "[MV341]");
            expect(await site!.collections()).to.include(old);
            expect(await compareWithOracle(site!.client, old, oracle)).to.deep.equal(none);
        });
    },
);
