import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { setProperties } from "../../provider/milvus/collection/collections";
import { retryWhenThrottled } from "../../provider/milvus/transport/retry";
import { capabilities } from "../../provider/observe/capabilities";
import { fence } from "../../provider/migration/lifecycle/writeFence";
import { onFaultyStacks } from "../support/data/onStacks";
import { expectFailure, expectOk } from "../support/data/site";
import type { FaultySite } from "../support/faults/site";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest, type Version } from "../support/traffic/rows";
import type { Oracle } from "../support/traffic/writer";

const count = 300;
const right = { lost: [], resurrected: [], stale: [] };

/** A stack whose run was interrupted after the alias had moved: the old collection still exists. */
interface InterruptedRun {
    site: FaultySite;
    old: string;
    target: string;
    /** What clients know of their rows. */
    oracle: Oracle;
}

onFaultyStacks(
    "a run that is interrupted after its switch",
    { needs: ["aliases"], fast: ["milvus-lite-3.2.2"], fastTests: 1 },
    (open) => {
        let temporary: string;
        beforeEach(async () => (temporary = await mkdtemp(join(tmpdir(), "cut-run-"))));
        afterEach(() => rm(temporary, { recursive: true, force: true }));

        async function interrupt(when: "before" | "after" = "after"): Promise<InterruptedRun> {
            const opened = await open({ env: { TMPDIR: temporary } });
            await opened.deploy(program(opened, 64));
            const [old] = await opened.collections();
            const rows = Array.from({ length: count }, (_, at) => ({ key: BigInt(at), version: 1 }));
            await write(opened, "Insert", old!, rows);
            await opened.declare(program(opened, 128));
            await interruptedUp(opened, when);
            const target = (await opened.collections()).find((one) => one !== old)!;
            expect(await opened.aliasTarget(`${opened.prefix}live`)).to.equal(
                when === "after" ? target : old,
            );
            return {
                site: opened,
                old: old!,
                target,
                oracle: new Map(rows.map((row) => [row.key, row.version])),
            };
        }

        const program = ({ prefix }: FaultySite, maxLength: number) => ({
            collections: { [`${prefix}docs`]: collectionOf(maxLength) },
            aliases: { live: { name: `${prefix}live`, of: `${prefix}docs` } },
        });

        async function interruptedUp(opened: FaultySite, when: "before" | "after"): Promise<void> {
            const order = opened.order({ method: "AlterAlias", when }, { kind: "kill-provider" });
            const up = await opened.stack.up();
            await order.done;
            await opened.mend();
            expect(up.ok, up.output).to.equal(false);
        }

        const write = ({ client }: FaultySite, call: "Insert" | "Upsert", name: string, rows: Version[]) =>
            client.call(call, rowsRequest(name, rows));

        it("carries over late writes with the baseline on this machine", async function () {
            this.timeout(5 * 60_000);
            const { site, old, target, oracle } = await interrupt();
            // One client still uses the old collection; the write of the other, to the new one, is newer.
            await write(site, "Upsert", target, [{ key: 7n, version: 2 }]);
            await write(site, "Upsert", old, [
                { key: 5n, version: 2 },
                { key: 7n, version: 3 },
                { key: 1_000n, version: 1 },
            ]);
            await site.client.call("Delete", { collection_name: old, expr: "id in [6]" });
            oracle.set(5n, 2).set(7n, 2).set(1_000n, 1).delete(6n);

            const up = expectOk(await site.stack.up());
            expect(up.output).to.include("3 late writes").and.include("1 rows keep a newer write to the new");
            expect(await site.collections()).to.deep.equal([target]);
            expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);
            expect(await readdir(join(temporary, `pulumi-milvus-${process.getuid!()}`))).to.deep.equal([]);
        });

        it("drops the old collection without a baseline if both collections are identical", async function () {
            this.timeout(5 * 60_000);
            const { site, target, oracle } = await interrupt();
            await rm(temporary, { recursive: true });
            await write(site, "Insert", target, [{ key: 1_000n, version: 1 }]);
            oracle.set(1_000n, 1);
            expectOk(await site.stack.up());
            expect(await site.collections()).to.deep.equal([target]);
            expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);
        });

        it("keeps both collections without a baseline if they differ, and names the rows", async function () {
            this.timeout(5 * 60_000);
            const { site, old, target, oracle } = await interrupt();
            await rm(temporary, { recursive: true });
            const late = [
                { key: 5n, version: 2 },
                { key: 1_000n, version: 1 },
            ];
            await write(site, "Upsert", old, late);
            expectFailure(
                await site.stack.up(),
                `${old}: not dropped`,
                "1 missing (1000); 1 different (5)",
                "[MV321]",
            );
            expect(await site.collections()).to.have.members([old, target]);
            expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);

            // An operator compares the rows and copies them by hand.
            await write(site, "Upsert", target, late);
            for (const { key, version } of late) oracle.set(key, version);
            expectOk(await site.stack.up());
            expect(await site.collections()).to.deep.equal([target]);
            expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);
        });

        it("keeps a row that expired in the old collection since", async function () {
            this.timeout(5 * 60_000);
            const { site, old, target, oracle } = await interrupt();
            const properties = [{ key: "collection.ttl.seconds", value: "86400" }];
            await site.client.call("AlterCollection", { collection_name: old, properties });
            // As if its TTL had passed.
            await site.client.call("Delete", { collection_name: old, expr: "id in [6]" });
            await write(site, "Upsert", old, [{ key: 5n, version: 2 }]);
            oracle.set(5n, 2);
            expect(expectOk(await site.stack.up()).output).to.include("1 late writes");
            expect(await site.collections()).to.deep.equal([target]);
            expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);
        });

        it("carries over a later write to a row whose write was interrupted", async function () {
            this.timeout(5 * 60_000);
            const { site, old, target, oracle } = await interrupt();
            await write(site, "Upsert", old, [
                { key: 5n, version: 2 },
                { key: 1_000n, version: 1 },
            ]);
            const arrived = { method: "Upsert", when: "after" as const };
            const order = site.order(arrived, { kind: "kill-provider" });
            const up = await site.stack.up();
            await order.done;
            expect(up.ok, up.output).to.equal(false);
            await site.mend();
            await write(site, "Upsert", old, [{ key: 5n, version: 3 }]);
            await site.client.call("Delete", { collection_name: old, expr: "id in [1000]" });
            oracle.set(5n, 3);

            expect(expectOk(await site.stack.up()).output).to.not.include("a newer write");
            expect(await site.collections()).to.deep.equal([target]);
            expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);
        });

        it("does not use the baseline of a run before the one that switched", async function () {
            this.timeout(5 * 60_000);
            const { site, old, target, oracle } = await interrupt("before");
            // Two machines: the second one does not have the disk of the first one.
            const first = await mkdtemp(join(tmpdir(), "first-"));
            await cp(temporary, first, { recursive: true });
            await rm(temporary, { recursive: true });
            await write(site, "Insert", old, [{ key: 1_000n, version: 1 }]);
            await site.client.call("Delete", { collection_name: old, expr: "id in [6]" });
            await interruptedUp(site, "after");
            await site.client.call("Delete", { collection_name: target, expr: "id in [1000]" });
            await write(site, "Insert", target, [{ key: 6n, version: 1 }]);
            expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);

            await rm(temporary, { recursive: true });
            await cp(first, temporary, { recursive: true });
            await rm(first, { recursive: true });
            expectFailure(await site.stack.up(), `${old}: not dropped`, "1 missing (1000)", "[MV321]");
            expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);
        });

        it("keeps the old collection if its successor was dropped by hand", async function () {
            this.timeout(5 * 60_000);
            const { site, old, target, oracle } = await interrupt();
            await site.client.call("DropAlias", { alias: `${site.prefix}live` });
            await site.client.call("DropCollection", { collection_name: target });
            expectFailure(await site.stack.up(), "run `pulumi refresh`", "[MV312]");
            expectOk(await site.stack.refresh());
            // The state has no collection now, and the server has one with all rows.
            expectFailure(
                await site.stack.up(),
                `${old} of this resource holds ${count} rows`,
                "adopt: true",
                "[MV323]",
            );
            expect(await site.collections()).to.deep.equal([old]);
            expect(await compareWithOracle(site.client, old, oracle)).to.deep.equal(right);
        });

        for (const hashes of ["with", "without"])
            it(`carries over writes made since, if no alias had moved, ${hashes} its baseline`, async function () {
                this.timeout(5 * 60_000);
                const { site, old, target, oracle } = await interrupt("before");
                if (hashes === "without") await rm(temporary, { recursive: true });
                // Perhaps for hours: clients know only the old collection.
                await write(site, "Upsert", old, [
                    { key: 5n, version: 2 },
                    { key: 1_000n, version: 1 },
                ]);
                await site.client.call("Delete", { collection_name: old, expr: "id in [6]" });
                oracle.set(5n, 2).set(1_000n, 1).delete(6n);

                let atSwitch: unknown;
                const order = site.relay.at({ method: "AlterAlias", when: "before" }, async () => {
                    atSwitch = await compareWithOracle(site.client, target, oracle);
                    return { kind: "go-on" };
                });
                expectOk(await site.stack.up());
                await order.done;
                expect(atSwitch, "what clients find when the alias has moved").to.deep.equal(right);
                expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(target);
                expect(await site.collections()).to.deep.equal([target]);
                expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);
            });

        it("is finished before the next change of the schema, which is refused if no alias had moved", async function () {
            this.timeout(5 * 60_000);
            const { site, old, target, oracle } = await interrupt("before");
            await write(site, "Upsert", old, [{ key: 1_000n, version: 1 }]);
            oracle.set(1_000n, 1);
            // Only on Milvus: as if the run had been interrupted right after its last pass.
            await fence({
                client: site.client,
                capabilities: await capabilities(site.client),
                ref: { database: undefined, name: old },
            });
            await site.declare(program(site, 192));
            const refusal = [`${old}: the run that copied it to ${target} ended`, "[MV326]"] as const;
            expect(expectOk(await site.stack.preview()).output)
                .to.include(refusal[0])
                .and.include(refusal[1]);
            expectFailure(await site.stack.up(), ...refusal);
            await retryWhenThrottled(() => write(site, "Upsert", old, [{ key: 1_000n, version: 2 }]));
            oracle.set(1_000n, 2);
            expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(old);
            expect(await site.collections()).to.have.members([old, target]);
            await site.deploy(program(site, 128));
            expect(await site.collections()).to.deep.equal([target]);

            await site.declare(program(site, 192));
            await interruptedUp(site, "after");
            const next = (await site.collections()).find((one) => one !== target)!;
            // The next run drops both: the old collection of the interrupted run, and its successor.
            await write(site, "Upsert", target, [
                { key: 5n, version: 2 },
                { key: 1_001n, version: 1 },
            ]);
            oracle.set(5n, 2).set(1_001n, 1);
            await site.deploy(program(site, 256));
            const left = await site.collections();
            expect(left).to.have.length(1).and.to.not.include.members([target, next]);
            expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(left[0]);
            expect(await compareWithOracle(site.client, left[0]!, oracle)).to.deep.equal(right);
        });

        it("is finished before any change of the schema while one of its aliases has not moved", async function () {
            this.timeout(5 * 60_000);
            const opened = await open();
            const { prefix, client } = opened;
            const of = (maxLength: number, partitions: string[]) => ({
                collections: { [`${prefix}docs`]: { ...collectionOf(maxLength), partitions } },
                aliases: {
                    live: { name: `${prefix}live`, of: `${prefix}docs` },
                    also: { name: `${prefix}also`, of: `${prefix}docs` },
                },
            });
            await opened.deploy(of(64, ["y2023", "y2024"]));
            const [old] = (await opened.collections()) as [string];
            const rows = Array.from({ length: count }, (_, at) => ({ key: BigInt(at), version: 1 }));
            await client.call("Insert", { ...rowsRequest(old, rows), partition_name: "y2024" });
            const oracle = new Map(rows.map((row) => [row.key, row.version]));
            await opened.declare(of(128, ["y2023", "y2024"]));
            // Both move at once: the second call is the other alias'.
            const order = opened.order(
                { method: "AlterAlias", nth: 2, when: "before" },
                { kind: "kill-provider" },
            );
            await opened.stack.up();
            await order.done;
            await opened.mend();
            const copy = (await opened.collections()).find((name) => name !== old)!;

            for (const next of [of(192, ["y2023", "y2024"]), of(128, ["y2024"])]) {
                await opened.declare(next);
                expectFailure(await opened.stack.up(), `${old}: the run that copied it`, "[MV326]");
                expect(await opened.collections()).to.have.members([old, copy]);
            }
            // Nothing keeps its clients from writing until it has moved.
            await client.call("Upsert", {
                ...rowsRequest(old, [{ key: 5n, version: 2 }]),
                partition_name: "y2024",
            });
            oracle.set(5n, 2);
            await opened.deploy(of(128, ["y2023", "y2024"]));
            expect(await opened.collections()).to.deep.equal([copy]);
            await opened.deploy(of(128, ["y2024"]));
            expect(await opened.collections()).to.deep.equal([copy]);
            for (const alias of ["live", "also"])
                expect(await opened.aliasTarget(`${prefix}${alias}`)).to.equal(copy);
            expect(await compareWithOracle(client, copy, oracle)).to.deep.equal(right);
        });

        it("is not resumed while it may still be active", async function () {
            this.timeout(5 * 60_000);
            const { site, old, target, oracle } = await interrupt("before");
            await write(site, "Upsert", old, [{ key: 1_000n, version: 1 }]);
            oracle.set(1_000n, 1);
            const renew = () => {
                const until = Date.now() + 3_000;
                const lease = { id: "another run", machine: "ci-runner-7", pid: 4711, until };
                return setProperties(
                    site.client,
                    { database: undefined, name: target },
                    { "pulumi.lease": JSON.stringify(lease) },
                );
            };
            await renew();
            const renewing = setInterval(() => void renew(), 500);
            try {
                expectFailure(await site.stack.up(), "4711 on ci-runner-7", "[MV322]");
            } finally {
                clearInterval(renewing);
            }
            expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(old);
            expectOk(await site.stack.up());
            expect(await site.collections()).to.deep.equal([target]);
            expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);
        });

        for (const when of ["before", "after"] as const)
            it(`carries over writes made since after a rename of the resource, interrupted ${when} the alias moved`, async function () {
                this.timeout(5 * 60_000);
                const { site, old, target, oracle } = await interrupt(when);
                await write(site, "Upsert", old, [
                    { key: 5n, version: 2 },
                    { key: 1_000n, version: 1 },
                ]);
                oracle.set(5n, 2).set(1_000n, 1);
                const [was, name] = [`${site.prefix}docs`, `${site.prefix}pages`];
                await site.deploy({
                    collections: { [name]: collectionOf(128) },
                    aliases: { live: { name: `${site.prefix}live`, of: name } },
                    options: { [name]: `{ aliases: [{ name: "${was}" }] }` },
                });
                expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(target);
                expect(await site.collections()).to.deep.equal([target]);
                expect(await compareWithOracle(site.client, target, oracle)).to.deep.equal(right);
            });
    },
);
