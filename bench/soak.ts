/**
 * A long copy on Milvus 2.3.5: `npm run soak -- [rows]`, 2,000,000 of 8 dimensions unless given. Fails where the last
 * tenth is slower than 0.8 of the first, or memory grows.
 */
import { createCollection } from "../provider/milvus/collections";
import { startLocal } from "../test/support/servers/startLocal";
import { runContender } from "./child";
import { specOf } from "./contender/sides";
import { rate } from "./results";
import { after } from "./schema";
import { findEngine, openSource } from "./source";

const DIM = 8;
const LEAST_RATE = 0.8;
/** The peak of the provider at any size. */
const MOST_BYTES = 350 * 2 ** 20;

async function main(): Promise<void> {
    const rows = Number((process.argv[2] ?? "2000000").replaceAll("_", ""));
    const server = await startLocal("milvus-2.3.5");
    try {
        const source = await openSource(await findEngine(), server, { rows, dim: DIM }, (line) =>
            console.log(line),
        );
        const target = { database: undefined, name: "soak" };
        await createCollection(source.client, target, specOf(after(DIM)), {});
        const answer = await runContender("soak", {
            address: server.address,
            source: source.collection,
            target: target.name,
            rows,
            dim: DIM,
            workers: 1,
            batch: 1,
        });
        const parts = Object.values(answer);
        for (const [at, part] of parts.entries())
            console.log(
                `part ${String(at + 1).padStart(2)}: ${Math.round(rate(part))} rows/s, peak ${Math.round(part.peakBytes / 2 ** 20)} MB`,
            );
        const kept = rate(parts.at(-1)!) / rate(parts[0]!);
        const peak = parts.at(-1)!.peakBytes;
        const fine = kept >= LEAST_RATE && peak <= MOST_BYTES;
        console.log(
            `${fine ? "good" : "BAD"}: the last tenth runs at ${kept.toFixed(2)} of the first (${LEAST_RATE} wanted), ` +
                `${Math.round(peak / 2 ** 20)} MB at most (${MOST_BYTES / 2 ** 20} allowed)`,
        );
        if (!fine) process.exitCode = 1;
        await source.close();
    } finally {
        await server.dispose();
    }
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
