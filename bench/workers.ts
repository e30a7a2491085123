/**
 * Many workers on one copy: `npm run bench:workers -- [rows] [dim]`, by default 2,000,000 rows of 8 dimensions on Milvus 2.3.5.
 * Plain processes, Spark and Ray copy the same rows with 1, 2 and 4 workers; each copy is compared with its source row by row.
 * Then four workers copy them while one is killed every 10 s. The figures go into docs/benchmarks.md, unless there are fewer rows.
 */
import { startLocal } from "../test/support/servers/startLocal";
import { engines, enginesHome, runEngine } from "../test/support/workers/engines";
import { type MadeCopy, WorkersSite } from "../test/support/workers/site";
import { type Shards, untilDone, type Worker } from "../test/support/workers/workers";
import { render } from "./render";
import { machine } from "./results";
import { perSecond, type WorkersResult, writeWorkers } from "./workersResult";

const WORKERS = [1, 2, 4];
const KILL_EVERY_MS = 10_000;
const DEFAULT_ROWS = 2_000_000;

async function main(): Promise<void> {
    const [rows = DEFAULT_ROWS, dim = 8] = process.argv
        .slice(2)
        .map((text) => Number(text.replaceAll("_", "")));
    await enginesHome();
    const server = await startLocal("milvus-2.3.5");
    try {
        const site = await WorkersSite.open(server.address, { rows, dim });
        console.log(`${rows} rows of ${dim} dimensions`);
        const cells: WorkersResult["cells"] = [];
        for (const workers of WORKERS)
            for (const engine of engines) {
                const seconds = await measured(site, async () => {
                    await (
                        await runEngine(engine, {
                            address: server.address,
                            collection: site.name,
                            count: workers,
                            slots: workers,
                        })
                    ).ended;
                });
                console.log(
                    `${engine}, ${workers} workers: ${seconds.toFixed(1)} s, ${perSecond(rows, seconds)} rows/s`,
                );
                cells.push({ engine, workers, seconds });
            }
        let [kills, starts] = [0, 0];
        const killed = await measured(site, async () => {
            ({ kills, starts } = await underKills({
                address: server.address,
                collection: site.name,
                count: 4,
            }));
        });
        console.log(
            `4 workers, one killed every 10 s: ${killed.toFixed(1)} s, ${kills} kills, ${starts} starts`,
        );
        await site.close();
        if (rows < DEFAULT_ROWS) return;
        writeWorkers({ machine: machine(), rows, dim, cells, killed: { seconds: killed, kills, starts } });
        await render();
    } finally {
        await server.dispose();
    }
}

/** The seconds of the copy, without the comparison that follows it. */
async function measured(site: WorkersSite, copy: () => Promise<void>): Promise<number> {
    await site.begin();
    const begin = performance.now();
    await copy();
    const seconds = (performance.now() - begin) / 1000;
    requireWhole(await site.finish(), site.rows);
    await site.dropCopy();
    return seconds;
}

function requireWhole({ isComplete, recorded, counted }: MadeCopy, rows: number): void {
    if (!isComplete || recorded !== rows || counted !== rows)
        throw new Error(`${rows} rows, of which ${recorded} are recorded and ${counted} counted`);
}

/** Runs each shard again until it is done, and kills one of the workers every 10 s. */
async function underKills(shards: Shards): Promise<{ kills: number; starts: number }> {
    const alive: Worker[] = [];
    let kills = 0;
    const timer = setInterval(() => {
        const victim = alive.shift();
        if (!victim) return;
        kills++;
        victim.kill();
    }, KILL_EVERY_MS);
    try {
        const started = (worker: Worker) => {
            alive.push(worker);
            void worker.ended.then(() =>
                alive.splice(0, alive.length, ...alive.filter((one) => one !== worker)),
            );
        };
        const all = Array.from({ length: shards.count }, (_, shard) => untilDone(shards, shard, started));
        const starts = await Promise.all(all);
        return { kills, starts: starts.reduce((sum, times) => sum + times, 0) };
    } finally {
        clearInterval(timer);
    }
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
