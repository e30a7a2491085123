/**
 * A long copy on Milvus 2.3.5: `npm run soak -- [rows]`, by default 2,000,000 rows of 8 dimensions. Fails if the last
 * tenth is slower than 0.8 of the first, or if a migration needs much more memory than one with a tenth of the rows.
 */
import { createCollection, dropCollection } from "../provider/milvus/collection/collections";
import type { Server } from "../test/support/servers";
import { startLocal } from "../test/support/servers/startLocal";
import { type Contender, runContender } from "./child";
import { specOf } from "./contender/endpoints";
import type { Answer } from "./outcome";
import { rate } from "./results";
import { after } from "./schema";
import { findEngine, openSource, type Source } from "./source";

const DIM = 8;
const LEAST_RATE = 0.8;
/** The provider's peak memory at any size. */
const MOST_BYTES = 350 * 2 ** 20;
/** Growth of the memory relative to a tenth of the rows. */
const MOST_GROWTH = 1.2;

type Run = (contender: Contender) => Promise<Answer>;

async function main(): Promise<void> {
    const rows = Number((process.argv[2] ?? "2000000").replaceAll("_", ""));
    const server = await startLocal("milvus-2.3.5");
    try {
        const small = await onRows(server, rows / 10, async (run) => peakOf(await run("provider")));
        const good = await onRows(server, rows, async (run) => {
            const steady = isSteady(Object.values(await run("soak")));
            const peak = peakOf(await run("provider"));
            const growth = peak / small;
            console.log(
                `a migration of ${rows} rows takes ${megabytes(peak)} at most (${megabytes(MOST_BYTES)} allowed), ` +
                    `${growth.toFixed(2)} times what one of ${rows / 10} takes: ${megabytes(small)} (${MOST_GROWTH} allowed)`,
            );
            return steady && peak <= MOST_BYTES && growth <= MOST_GROWTH;
        });
        console.log(good ? "good" : "BAD");
        if (!good) process.exitCode = 1;
    } finally {
        await server.dispose();
    }
}

/** Fills a collection and runs contenders on it, each into an empty collection. */
async function onRows<T>(server: Server, rows: number, work: (run: Run) => Promise<T>): Promise<T> {
    const source = await openSource(await findEngine(), server, { rows, dim: DIM }, (line) =>
        console.log(`${rows} rows: ${line}`),
    );
    try {
        return await work((contender) => runOnce(contender, server, source, rows));
    } finally {
        await source.close();
    }
}

async function runOnce(contender: Contender, server: Server, source: Source, rows: number): Promise<Answer> {
    const target = { database: undefined, name: "soak" };
    await createCollection(source.client, target, specOf(after(DIM)), {});
    const job = { source: source.collection, target: target.name, rows, dim: DIM, workers: 1, batch: 1 };
    const answer = await runContender(contender, { address: server.address, ...job });
    await dropCollection(source.client, target);
    return answer;
}

function isSteady(parts: Answer[string][]): boolean {
    for (const [at, part] of parts.entries())
        console.log(
            `part ${String(at + 1).padStart(2)}: ${Math.round(rate(part))} rows/s, peak ${megabytes(part.peakBytes)}`,
        );
    const kept = rate(parts.at(-1)!) / rate(parts[0]!);
    console.log(`the last tenth runs at ${kept.toFixed(2)} of the first (at least ${LEAST_RATE} required)`);
    return kept >= LEAST_RATE;
}

const peakOf = (answer: Answer) => Math.max(...Object.values(answer).map(({ peakBytes }) => peakBytes));
const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
