import { expect } from "chai";

import { codes as runCodes } from "../../provider/migration/errors";
import { codes as serverCodes } from "../../provider/milvus/transport/codes";
import { onStacks } from "../support/data/onStacks";
import type { Result } from "../../scripts/engine/stack";
import { migrateBusy } from "../support/traffic/busyMigration";

/**
 * The busy writer of test/e2e/busyWriter at length: `PULUMI_MILVUS_BUSY_SEEDS` is how many seeds, from
 * `PULUMI_MILVUS_BUSY_FROM` on; `PULUMI_MILVUS_BUSY_ROWS` how many rows there are at first.
 */
const rows = Number(process.env["PULUMI_MILVUS_BUSY_ROWS"] ?? 50_000);
const seeds = Number(process.env["PULUMI_MILVUS_BUSY_SEEDS"] ?? 10);
const from = Number(process.env["PULUMI_MILVUS_BUSY_FROM"] ?? 1);
/** A machine of two cores and nothing beside it needs two; an upper bound for one that is shared. */
const minutes = 20;

const retryable: Record<string, { retryable: boolean }> = { ...runCodes, ...serverCodes };

function isRetryable({ failure = "" }: Result): boolean {
    const codes = [...failure.matchAll(/\[(MV\d+)\]/g)].map(([, code]) => code!);
    return codes.length > 0 && codes.every((code) => retryable[code]?.retryable === true);
}

onStacks(
    "a schema of many rows changes while a client writes as fast as the server takes it",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: "all", native: false },
    (open, serverName) => {
        for (let seed = from; seed < from + seeds; seed++)
            it(`ends well, or stops with a retryable code and the next \`up\` ends well (seed ${seed})`, async function () {
                this.timeout(2.5 * minutes * 60_000);
                const result = await migrateBusy(await open(), {
                    rows,
                    seed,
                    minutes,
                    mayRetry: isRetryable,
                });
                const { ups, written, lost, resurrected, stale } = result;
                const { inserted, changed, deleted, refused } = written;
                console.log(
                    `          seed ${seed}: ${ups.length} up, ${inserted} inserted, ${changed} changed, ${deleted} deleted, ` +
                        `${refused} refused; ${lost.length} lost, ${resurrected.length} resurrected, ${stale.length} stale` +
                        (ups.length > 1 ? `; the first stopped: ${ups[0]!.failure!}` : ""),
                );
                expect(lost, "acknowledged rows that are missing").to.deep.equal([]);
                if (serverName !== "milvus-lite-3.2.2")
                    expect({ resurrected, stale }).to.deep.equal({ resurrected: [], stale: [] });
                // docs/guarantees.md: without a fence a few rows keep the older of two writes.
                else expect(resurrected.length + stale.length, "resurrected or stale").to.be.below(rows / 30);
            });
    },
);
