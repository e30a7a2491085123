import { expect } from "chai";

import { flush } from "../../provider/milvus/rows/rows";
import { onFaultyStacks } from "../support/data/onStacks";
import { expectFailure, expectOk } from "../support/data/site";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest, type Version } from "../support/traffic/rows";

const count = 3_000;
const none = { lost: [], resurrected: [], stale: [] };

onFaultyStacks(
    "a run that is interrupted during its verification",
    { needs: ["properties"], fast: ["milvus-lite-3.2.2"], fastTests: 1 },
    (open) => {
        /** Cut when the first rows are compared and found alike, and the rest is not. */
        async function interrupt() {
            const opened = await open();
            const { client, relay } = opened;
            const name = `${opened.prefix}docs`;
            const program = (maxLength: number) => ({
                collections: {
                    [name]: {
                        ...collectionOf(maxLength),
                        migration: { writes: "paused", batchBytes: 65_536 },
                    },
                },
            });
            await opened.deploy(program(64) as Parameters<typeof opened.deploy>[0]);
            const [old] = (await opened.collections()) as [string];
            const rows = Array.from({ length: count }, (_, key): Version => ({
                key: BigInt(key),
                version: 1,
            }));
            await client.call("Insert", rowsRequest(old, rows));
            await flush(client, { database: undefined, name: old });
            await opened.declare(program(128) as Parameters<typeof opened.declare>[0]);
            const readsCopy = ({ collection_name: of, output_fields: fields }: Record<string, unknown>) =>
                of !== old &&
                (of as string).startsWith(opened.prefix) &&
                (fields as string[])[0] !== "count(*)";
            const order = opened.order(
                { method: "Query", of: readsCopy, nth: 3, when: "before" },
                { kind: "kill-provider" },
            );
            const up = await opened.stack.up();
            expect(order.reached, up.output).to.equal(true);
            await order.done;
            await opened.mend();
            expect(up.ok, up.output).to.equal(false);
            const sent = () => relay.insertions.reduce((all, { rows: own }) => all + own, 0);
            expect(sent()).to.equal(count);
            const copy = (await opened.collections()).find((one) => one !== old)!;
            return {
                site: opened,
                old,
                copy,
                sent,
                oracle: new Map(rows.map((row) => [row.key, row.version])),
            };
        }

        it("leaves a copy that the next run only verifies", async function () {
            this.timeout(5 * 60_000);
            const { site, copy, sent, oracle } = await interrupt();
            const up = expectOk(await site.stack.up());
            expect(sent()).to.equal(count);
            expect(up.output)
                .to.include(`resuming the copy ${copy}`)
                .and.include(`verified ${copy}: 3,000 rows compared value by value`);
            expect(await site.collections()).to.deep.equal([copy]);
            expect(await compareWithOracle(site.client, copy, oracle)).to.deep.equal(none);
        });

        it("does not count as verified: the next run finds writes made since to rows that were identical", async function () {
            this.timeout(5 * 60_000);
            const { site, old, copy, oracle } = await interrupt();
            // Clients keep writing after a failed migration. The number of rows stays the same.
            await site.client.call("Upsert", rowsRequest(old, [{ key: 0n, version: 2 }]));
            oracle.set(0n, 2);
            expectFailure(
                await site.stack.up(),
                `${copy} is not a copy of ${old}`,
                "1 different (0)",
                "[MV308]",
            );
            expect(await site.collections()).to.deep.equal([old]);

            expectOk(await site.stack.up());
            const [next] = (await site.collections()) as [string];
            expect(await compareWithOracle(site.client, next, oracle)).to.deep.equal(none);
        });
    },
);
