import { expect } from "chai";

import { flush } from "../../provider/milvus/rows/rows";
import { onStacks } from "../support/data/onStacks";
import { within } from "../support/engine/within";
import { compareWithOracle } from "../support/traffic/compare";
import { startPymilvusWriter } from "../support/traffic/pymilvusWriter";
import { collectionOf, rowsRequest } from "../support/traffic/rows";

const count = 5_000;
/** One more change of the schema, and so one more cutover, each. */
const lengths = [128, 256, 512];

/**
 * milvus-lite cannot refuse writes, so that nothing there is retried. On 2.3.5 a quota of 0 failed 39, 46 and 54 writes in
 * three cutovers; tiny rates are an answer that pymilvus retries by itself.
 */
onStacks(
    "a schema changes while clients of pymilvus write that retry nothing themselves",
    { servers: ["milvus-2.3.5"], fast: [], once: true, native: false },
    (open) => {
        it("fails none of their writes in three cutovers, and loses, resurrects and misses no row", async function () {
            this.timeout(15 * 60_000);
            const site = await open();
            const { client, server } = site;
            const name = `${site.prefix}docs`;
            const alias = `${site.prefix}live`;
            const program = (maxLength: number) => ({
                collections: { [name]: { ...collectionOf(maxLength), migration: { grace: 1 } } },
                aliases: { live: { name: alias, of: name } },
            });
            await site.deploy(program(64));
            const [old] = (await site.collections()) as [string];
            const rows = Array.from({ length: count }, (_, key) => ({ key: BigInt(key), version: 1 }));
            await client.call("Insert", rowsRequest(old, rows), { seconds: 60 });
            await flush(client, { database: undefined, name: old });

            const writer = await startPymilvusWriter(server.address, alias);
            const outputs: string[] = [];
            let failure: unknown;
            try {
                for (const maxLength of lengths) {
                    await site.declare(program(maxLength));
                    const up = await within(4, site.stack.up());
                    outputs.push(up.output);
                    expect(up.ok, up.output).to.equal(true);
                }
            } catch (error) {
                failure = error;
            }
            const { versions, ...writes } = await writer.stop();
            if (failure) throw failure as Error;

            const told = JSON.stringify(writes);
            expect(writes.failed, told).to.deep.equal([]);
            expect(writes.done, told).to.be.greaterThan(3 * lengths.length);
            for (const output of outputs) expect(output).to.include("blocking writes for the final pass");
            const oracle = new Map([...rows.map(({ key, version }) => [key, version] as const), ...versions]);
            const [target, ...others] = (await site.collections()) as [string];
            expect(others).to.deep.equal([]);
            expect(await compareWithOracle(client, target, oracle)).to.deep.equal({
                lost: [],
                resurrected: [],
                stale: [],
            });
        });
    },
);
