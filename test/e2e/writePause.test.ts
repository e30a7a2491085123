import { expect } from "chai";

import { flush } from "../../provider/milvus/rows/rows";
import { onStacks } from "../support/data/onStacks";
import { expectFailure, expectOk } from "../support/data/site";
import { within } from "../support/engine/within";
import { compareWithOracle } from "../support/traffic/compare";
import { collectionOf, rowsRequest } from "../support/traffic/rows";
import { type Oracle, startWriter } from "../support/traffic/writer";

/** So many that a pass lasts longer than the writer's pause between two requests, on any machine. */
const count = 20_000;

/**
 * milvus-lite has no way to refuse writes, and is not asked for a pause. Only in the full suite: beside other lanes it has
 * stopped until its timeout, for a reason that is not known yet.
 */
onStacks(
    "a pause of writes that would be longer than the program allows",
    { servers: ["milvus-2.3.5"], fast: [] },
    (open) => {
        for (const named of [false, true])
            it(`stops the migration before the switch, and the next \`up\` with a longer one resumes, by ${named ? "rename" : "alias"}`, async function () {
                this.timeout(12 * 60_000);
                const site = await open();
                const name = `${site.prefix}docs`;
                const alias = `${site.prefix}live`;
                const program = (maxLength: number, maxWritePause?: number) => ({
                    collections: {
                        [name]: {
                            ...collectionOf(maxLength),
                            ...(named && { name }),
                            migration: { grace: 0, ...(maxWritePause !== undefined && { maxWritePause }) },
                        },
                    },
                    aliases: { live: { name: alias, of: name } },
                });
                await site.deploy(program(64));
                let [old] = await site.collections();
                const oracle: Oracle = new Map();
                const rows = Array.from({ length: count }, (_, key) => ({ key: BigInt(key), version: 1 }));
                await site.client.call("Insert", rowsRequest(old!, rows), { seconds: 60 });
                for (const { key, version } of rows) oracle.set(key, version);
                await flush(site.client, { database: undefined, name: old! });

                const writer = startWriter({ client: site.client, alias, oracle, seed: 1, rate: 100 });
                let written: unknown;
                try {
                    const limit = await firstRefused(async (maxLength) => {
                        await site.declare(program(maxLength, 0.001));
                        const up = await within(4, site.stack.up());
                        if (!up.ok) expectFailure(up, "[MV325]", "migration.maxWritePause is 0.001");
                        else old = await site.aliasTarget(alias);
                        return !up.ok;
                    });
                    expect(await site.aliasTarget(alias)).to.equal(old);
                    await site.declare(program(limit));
                    const again = expectOk(await within(4, site.stack.up()));
                    expect(again.output).to.include("blocking writes for the final pass, then switching");
                } finally {
                    // What `up` said tells more than a writer whose writes are refused still.
                    written = await writer.stop().catch((error: unknown) => error);
                }
                if (written instanceof Error) throw written;
                const left = await site.collections();
                expect(left).to.have.length(1);
                if (!named) expect(left).to.not.include(old);
                expect(await compareWithOracle(site.client, left[0]!, oracle)).to.deep.equal({
                    lost: [],
                    resurrected: [],
                    stale: [],
                });
            });
    },
);

/**
 * A server under load may take no write during one whole pass: then no client writes, as far as the migration sees, and it
 * needs no pause. The same is asked of the next length.
 */
async function firstRefused(isRefused: (maxLength: number) => Promise<boolean>): Promise<number> {
    for (const maxLength of [128, 129, 130]) if (await isRefused(maxLength)) return maxLength;
    throw new Error("three migrations in a row found no writer");
}
