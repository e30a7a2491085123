import { expect } from "chai";

import { flush } from "../../provider/milvus/rows/rows";
import { onStacks } from "../support/data/onStacks";
import { expectOk } from "../support/data/site";
import { within } from "../support/engine/within";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest } from "../support/traffic/rows";
import { type Oracle, startWriter } from "../support/traffic/writer";

const rows = Number(process.env["PULUMI_MILVUS_BUSY_ROWS"] ?? 3_000);
const seeds = Number(process.env["PULUMI_MILVUS_BUSY_SEEDS"] ?? 1);

onStacks(
    "a schema changes while a client writes as fast as the server takes it",
    { needs: ["aliases"], servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], once: true },
    (open) => {
        for (let seed = 1; seed <= seeds; seed++)
            it(`ends well though rows are inserted again with fewer dynamic keys (seed ${seed})`, async function () {
                this.timeout(15 * 60_000);
                const site = await open();
                const { client } = site;
                const name = `${site.prefix}docs`;
                const alias = `${site.prefix}live`;
                const program = (maxLength: number) => ({
                    collections: {
                        [name]: { ...collectionOf(maxLength, true), migration: { grace: 1 } },
                    },
                    aliases: { live: { name: alias, of: name } },
                });
                await site.deploy(program(64));
                const [old] = await site.collections();
                const oracle: Oracle = new Map();
                const all = Array.from({ length: rows }, (_, key) => ({ key: BigInt(key), version: 1 }));
                for (let from = 0; from < rows; from += 10_000)
                    await client.call("Insert", rowsRequest(old!, all.slice(from, from + 10_000), true), {
                        seconds: 60,
                    });
                for (const { key, version } of all) oracle.set(key, version);
                await flush(client, { database: undefined, name: old! });

                await site.declare(program(128));
                const writer = startWriter({ client, alias, oracle, seed, rate: Infinity, isDynamic: true });
                const up = await within(10, site.stack.up()).catch((error: unknown) => error as Error);
                const written = await writer.stop().catch((error: unknown) => error as Error);
                if (up instanceof Error) throw up;
                if (written instanceof Error) throw written;
                expectOk(up);

                const [target, ...others] = await site.collections();
                expect(others, "what is left beside the new collection").to.deep.equal([]);
                const { lost, resurrected, stale } = await compareWithOracle(client, target!, oracle, true);
                expect(lost, "acknowledged rows that are missing").to.deep.equal([]);
                if (site.server.name === "milvus-lite-3.2.2") {
                    // It cannot refuse writes for the final pass, and has no conditional writes: docs/guarantees.md says
                    // which rows may remain: a few, and more where the machine is busy.
                    expect(resurrected.length + stale.length, "resurrected or stale").to.be.below(rows / 30);
                } else expect({ resurrected, stale }).to.deep.equal({ resurrected: [], stale: [] });
            });
    },
);
