import { expect } from "chai";

import { flush } from "../../../provider/milvus/rows/rows";
import type { Site } from "../data/site";
import { within } from "../engine/within";
import type { Result } from "../../../scripts/engine/stack";
import { compareWithOracle, type Wrong } from "./compare";
import { collectionOf, rowsRequest } from "./rows";
import { type Oracle, startWriter } from "./writer";

interface Busy {
    rows: number;
    seed: number;
    /** How long an `up` may take. */
    minutes: number;
    /** Called with an `up` that failed; true lets the next one resume it. By default none may fail. */
    mayRetry?: (failed: Result) => boolean;
}

export interface BusyResult extends Wrong {
    /** Each `up`; the last one ended well. */
    ups: Result[];
    written: { inserted: number; changed: number; deleted: number; refused: number };
}

/** Changes a schema while a client writes as fast as the server takes it, and compares every row with its record. */
export async function migrateBusy(site: Site, busy: Busy): Promise<BusyResult> {
    const { client } = site;
    const name = `${site.prefix}docs`;
    const alias = `${site.prefix}live`;
    const program = (maxLength: number) => ({
        collections: { [name]: { ...collectionOf(maxLength, true), migration: { grace: 1 } } },
        aliases: { live: { name: alias, of: name } },
    });
    await site.deploy(program(64));
    const [old] = await site.collections();
    const oracle: Oracle = new Map();
    const all = Array.from({ length: busy.rows }, (_, key) => ({ key: BigInt(key), version: 1 }));
    for (let from = 0; from < busy.rows; from += 10_000)
        await client.call("Insert", rowsRequest(old!, all.slice(from, from + 10_000), true), { seconds: 60 });
    for (const { key, version } of all) oracle.set(key, version);
    await flush(client, { database: undefined, name: old! });

    await site.declare(program(128));
    const writer = startWriter({ client, alias, oracle, seed: busy.seed, rate: Infinity, isDynamic: true });
    const ups = await upUntilDone(site, busy).catch((error: unknown) => error as Error);
    const written = await writer.stop().catch((error: unknown) => error as Error);
    if (ups instanceof Error) throw ups;
    if (written instanceof Error) throw written;

    const [target, ...others] = await site.collections();
    expect(others, "what is left beside the new collection").to.deep.equal([]);
    return { ups, written, ...(await compareWithOracle(client, target!, oracle, true)) };
}

/** One that stops with a retryable code is run again, once, while the client goes on. */
async function upUntilDone(site: Site, { minutes, mayRetry = () => false }: Busy): Promise<Result[]> {
    const first = await within(minutes, site.stack.up());
    if (first.ok) return [first];
    expect(mayRetry(first), first.output).to.equal(true);
    const second = await within(minutes, site.stack.up());
    expect(second.ok, second.output).to.equal(true);
    return [first, second];
}
