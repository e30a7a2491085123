import { expect } from "chai";

import { onFaultyStacks } from "../support/data/onStacks";
import { expectOk } from "../support/data/site";
import { isMarkedLive } from "../support/faults/isMarkedLive";
import type { Moment } from "../support/faults/moment";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, fieldsData, type Version } from "../support/traffic/rows";
import type { Oracle } from "../support/traffic/writer";

const right = { lost: [], resurrected: [], stale: [] };
const count = 300;

onFaultyStacks(
    "an interrupted rollback",
    { needs: ["aliases"], fast: ["milvus-lite-3.2.2"], fastTests: 1 },
    (open) => {
        const isActive: Moment = { method: "AlterCollection", of: isMarkedLive, when: "after" };
        const moments: [string, Moment][] = [
            ["in the middle of the merge", { method: "Upsert", when: "after" }],
            ["when the retained collection is active", isActive],
            ["when the alias has moved", { method: "AlterAlias", when: "after" }],
        ];

        /** A stack whose rollback was interrupted at some point; clients have written again since. */
        async function interrupt(moment: Moment) {
            const opened = await open();
            const [name, alias] = [`${opened.prefix}docs`, `${opened.prefix}live`];
            const program = (maxLength: number, migration = {}) => ({
                collections: {
                    [name]: { ...collectionOf(maxLength), migration: { grace: 0, ...migration } },
                },
                aliases: { live: { name: alias, of: name } },
            });
            const oracle: Oracle = new Map();
            const write = async (from: number, to: number, version: number) => {
                const rows = Array.from({ length: to - from }, (_, at): Version => ({
                    key: BigInt(from + at),
                    version,
                }));
                const request = { fields_data: fieldsData(rows), num_rows: rows.length };
                await opened.client.call("Upsert", { collection_name: alias, ...request });
                for (const row of rows) oracle.set(row.key, row.version);
            };
            await opened.deploy(program(64));
            const [old] = await opened.collections();
            await write(0, count, 1);
            await opened.deploy(program(128, { keepPrevious: true }));
            const successor = await opened.aliasTarget(alias);
            await write(100, 200, 2);

            await opened.declare(program(64, { rollback: "previous" }));
            const order = opened.order(moment, { kind: "kill-provider" });
            const up = await opened.stack.up();
            await order.done;
            await opened.mend();
            expect(up.ok, up.output).to.equal(false);
            expect(await opened.collections()).to.have.members([old, successor]);
            await write(250, count + 50, 3);
            const wrong = () => compareWithOracle(opened.client, alias, oracle);
            return { site: opened, alias, program, old, successor, wrong };
        }

        for (const [when, moment] of moments)
            it(`${when} is resumed by the next run`, async function () {
                this.timeout(5 * 60_000);
                const { site, alias, old, wrong } = await interrupt(moment);
                expectOk(await site.stack.up());
                expect(await site.collections()).to.deep.equal([old]);
                expect(await site.aliasTarget(alias)).to.equal(old);
                expect(await wrong()).to.deep.equal(right);
                const again = expectOk(await site.stack.up());
                expect(again.ops.same, again.output).to.equal(2);
            });

        it("may be abandoned: the restored collection is retained again, until another replaces it", async function () {
            this.timeout(5 * 60_000);
            const { site, alias, program, old, successor, wrong } = await interrupt(isActive);
            const same = await site.deploy(program(128, { keepPrevious: true }));
            expect(same.ops.replace ?? 0, same.output).to.equal(0);
            expect(await site.aliasTarget(alias)).to.equal(successor);
            const on = await site.deploy(program(256, { keepPrevious: true }));
            expect(on.output).to.include(`dropping ${old}, which was retained`);
            expect(await site.collections()).to.have.members([successor, await site.aliasTarget(alias)]);
            expect(await wrong()).to.deep.equal(right);
        });

        it("followed by a destroy names the collection that is kept", async function () {
            this.timeout(5 * 60_000);
            const { site, old, successor } = await interrupt(isActive);
            const gone = expectOk(await site.stack.destroy());
            expect(gone.output).to.include(`${old} holds rows of ${successor}, and is kept`);
            expect(await site.collections()).to.deep.equal([old]);
        });
    },
);
