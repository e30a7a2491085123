import { expect } from "chai";

import { flush } from "../../provider/milvus/rows/rows";
import { onStacks } from "../support/data/onStacks";
import { expectOk, type Site } from "../support/data/site";
import { within } from "../support/engine/within";
import { currentTier } from "../support/tier";
import { compareWithOracle } from "../support/traffic/compare";
import { startReader } from "../support/traffic/reader";
import { collectionOf, rowsRequest } from "../support/traffic/rows";
import { type Oracle, startWriter } from "../support/traffic/writer";

const rows = Number(process.env["PULUMI_MILVUS_ONLINE_ROWS"] ?? (currentTier() === "fast" ? 5_000 : 20_000));
const seeds = Number(process.env["PULUMI_MILVUS_ONLINE_SEEDS"] ?? 1);
/**
 * Operations a second. milvus-lite cannot refuse writes for the switch: there a few rows of a busy writer may keep the
 * older of two writes (docs/concepts/cutover.md), so that its test has one that is seldom so unlucky.
 */
const rateOn = (server: string) =>
    Number(process.env["PULUMI_MILVUS_ONLINE_RATE"] ?? (server.startsWith("milvus-lite") ? 20 : 1000));

/** Beside other tests a pass may take longer than by default; alone it does not, and long runs ask for it so. */
const pause = process.env["PULUMI_MILVUS_ONLINE_SEEDS"] ? {} : { maxWritePause: 120 };

onStacks(
    "a schema changes while clients write through the alias",
    { needs: ["aliases"], servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], cli: ["milvus-2.3.5"], once: true },
    (open) => {
        for (let seed = 1; seed <= seeds; seed++)
            it(`loses, resurrects and misses no row, and no read fails (seed ${seed})`, async function () {
                this.timeout(15 * 60_000);
                const site = await open();
                const name = `${site.prefix}docs`;
                const alias = `${site.prefix}live`;
                const program = (maxLength: number) => ({
                    collections: {
                        [name]: { ...collectionOf(maxLength), migration: { grace: 1, ...pause } },
                    },
                    // Both move at once; the passes before and after are one alias' affair.
                    aliases: { live: { name: alias, of: name }, also: { name: `${alias}2`, of: name } },
                });
                await site.deploy(program(64));
                const [old] = await site.collections();
                const oracle = await fill(site, old!);

                await site.declare(program(128));
                const writer = startWriter({
                    client: site.client,
                    alias,
                    oracle,
                    seed,
                    rate: rateOn(site.server.name),
                });
                const reader = startReader(site.client, alias);
                const up = await within(10, site.stack.up()).catch((error: unknown) => error as Error);
                const reads = await reader.stop();
                const written = await writer.stop().catch((error: unknown) => error as Error);
                if (up instanceof Error) throw up;
                expectOk(up);
                if (written instanceof Error) throw written;

                const [target, ...others] = await site.collections();
                expect(others, "what is left beside the new collection").to.deep.equal([]);
                expect(target).to.not.equal(old);
                expect(written.inserted, "rows that clients inserted during the migration").to.be.greaterThan(
                    0,
                );
                expect(written.changed).to.be.greaterThan(0);
                expect(written.deleted).to.be.greaterThan(0);
                expect(await compareWithOracle(site.client, target!, oracle), up.output).to.deep.equal({
                    lost: [],
                    resurrected: [],
                    stale: [],
                });
                expect(reads.failed, `of ${reads.done} reads`).to.deep.equal([]);
            });
    },
);

async function fill({ client }: Site, collection: string): Promise<Oracle> {
    const oracle: Oracle = new Map();
    for (let from = 0; from < rows; from += 10_000) {
        const batch = Array.from({ length: Math.min(10_000, rows - from) }, (_, place) => ({
            key: BigInt(from + place),
            version: 1,
        }));
        await client.call("Insert", rowsRequest(collection, batch), { seconds: 60 });
        for (const { key, version } of batch) oracle.set(key, version);
    }
    await flush(client, { database: undefined, name: collection });
    return oracle;
}
