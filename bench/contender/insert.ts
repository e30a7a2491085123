/**
 * Measures a limit: requests are encoded in advance and inserted with a given concurrency, then the server stores the
 * rest.
 */
import { flush } from "../../provider/milvus/rows/rows";
import { sendInsert } from "../../provider/milvus/rows/inserts";
import { type Batch, compileColumns, insertRequests } from "../../provider/wire";
import { wireColumns } from "../../provider/migration/read/wireColumns";
import { readRange } from "../../provider/migration/read/readRange";
import { readSource } from "../../provider/migration/read/endpoint";
import type { Phase } from "../outcome";
import { contender, phase } from "./measure";
import { openEndpoints, type Endpoints } from "./endpoints";

/** Requests in memory at a time: a few hundred megabytes, whatever the size of the collection. */
const HELD_BYTES = 256 * 2 ** 20;

contender(async (job) => {
    const endpoints = await openEndpoints(job);
    let insert: Phase = { rows: 0, seconds: 0, cpuSeconds: 0, peakBytes: 0 };
    for await (const requests of portions(endpoints))
        insert = sum(insert, await phase(() => insertAll(endpoints, requests, job.workers)));
    const insertFlush = await phase(async () => {
        await flush(endpoints.target.client, endpoints.target.ref);
        return insert.rows;
    });
    return { insert, insertFlush };
});

/** The rows of the source as insert requests of a migration's batch size, one portion at a time. */
async function* portions({ source, target, spec, migration }: Endpoints): AsyncGenerator<Batch[]> {
    const { batchBytes } = spec.migration;
    const map = compileColumns(wireColumns(migration.mapping));
    const pages = { ...(await readSource(source, migration.mapping)), partition: undefined };
    const open = { partition: undefined, begin: undefined, after: undefined, upTo: undefined };
    const all = { ...open, copied: undefined, done: false, left: 0 };
    const to = { dbName: target.client.database, collectionName: target.ref.name };
    let held: Batch[] = [];
    let bytes = 0;
    for await (const { page } of readRange(pages, all, batchBytes)) {
        for (const batch of insertRequests(to, map(page), page.rows, batchBytes)) {
            held.push(batch);
            bytes += batch.request.length;
        }
        if (bytes < HELD_BYTES) continue;
        yield held;
        held = [];
        bytes = 0;
    }
    if (held.length > 0) yield held;
}

async function insertAll({ target }: Endpoints, requests: Batch[], workers: number): Promise<number> {
    const waiting = [...requests];
    let rows = 0;
    const work = async (): Promise<void> => {
        for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
            await sendInsert(target.client, target.ref.name, batch.request, batch.to - batch.from);
            rows += batch.to - batch.from;
        }
    };
    await Promise.all(Array.from({ length: workers }, work));
    return rows;
}

function sum(a: Phase, b: Phase): Phase {
    return {
        rows: a.rows + b.rows,
        seconds: a.seconds + b.seconds,
        cpuSeconds: a.cpuSeconds + b.cpuSeconds,
        peakBytes: Math.max(a.peakBytes, b.peakBytes),
    };
}
