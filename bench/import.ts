/**
 * Compares the bulk import of Milvus 2.3.5 with the copy, each up to a loaded collection with its index: `npm run
 * bench:import -- [rows] [dim]`, by default 200,000 rows of 128 dimensions. docs/scale.md has the results.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createCollection, dropCollection } from "../provider/milvus/collection/collections";
import { startLocal } from "../test/support/servers/startLocal";
import { runContender } from "./child";
import { specOf } from "./contender/endpoints";
import { after } from "./schema";
import { findEngine, openSource } from "./source";

async function main(): Promise<void> {
    const [rows = 200_000, dim = 128] = process.argv.slice(2).map(Number);
    // A separate folder for temporary files, so that the server's data in it come only from this run.
    const temporary = await mkdtemp(join(tmpdir(), "bench-"));
    process.env["TMPDIR"] = temporary;
    const server = await startLocal("milvus-2.3.5");
    try {
        const data = (await readdir(temporary)).find((name) => name.startsWith("milvus-2-3-5-"))!;
        const source = await openSource(await findEngine(), server, { rows, dim }, (line) =>
            console.log(line),
        );
        for (const name of ["provider", "import"] as const) {
            const target = { database: undefined, name: `bench_${name}` };
            await createCollection(source.client, target, specOf(after(dim)), {});
            const answer = await runContender(name, {
                address: server.address,
                source: source.collection,
                target: target.name,
                rows,
                dim,
                workers: 1,
                batch: 1,
                storage: join(temporary, data, "data"),
            });
            // Verification would take the same time for both.
            const parts = Object.entries(answer).filter(([part]) => part !== "verify" && part !== "follow");
            const seconds = parts.reduce((sum, [, phase]) => sum + phase.seconds, 0);
            console.log(
                `${name}: ${seconds.toFixed(1)} s for ${parts[0]![1].rows} rows (` +
                    `${parts.map(([part, phase]) => `${part} ${phase.seconds.toFixed(1)} s, ${phase.cpuSeconds.toFixed(1)} s CPU`).join("; ")})`,
            );
            await dropCollection(source.client, target);
        }
        await source.close();
    } finally {
        await server.dispose();
        await rm(temporary, { recursive: true, force: true });
    }
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
