/**
 * Detects regressions: runs the quick benchmark and compares its ratios with those recorded in bench/results. Only
 * ratios are compared, because seconds depend on the machine. `npm run bench:check -- --record` records new ratios.
 */
import { readOptions, servers } from "./options";
import { ratiosOf } from "./ratios";
import { readResult, type Result, writeResult } from "./results";
import { bench } from "./run";

/** A quick run is short, and its ratios vary on a busy machine: only large differences are reported. */
const TOLERANCE = 1.5;

async function main(): Promise<void> {
    const record = process.argv.includes("--record");
    const options = readOptions(["--quick", "--contender", "provider,article,sdk,read,insert"]);
    let worse = 0;
    for (const server of servers) {
        const recorded = readResult(server, true);
        const fresh = await bench(server, { ...options, rounds: 3 }, (line) => console.log(line));
        if (record) writeResult(fresh, true);
        else if (recorded) worse += compare(recorded, fresh);
        else throw new Error(`nothing is recorded for ${server}. Run npm run bench:check -- --record`);
    }
    if (worse > 0) throw new Error(`${worse} ratios are worse than recorded`);
}

function compare(recorded: Result, fresh: Result): number {
    const lite = fresh.server.startsWith("milvus-lite");
    const before = new Map(ratiosOf(recorded.sizes[0]!, lite).map((ratio) => [ratio.name, ratio.value]));
    let worse = 0;
    for (const { name, value, better } of ratiosOf(fresh.sizes[0]!, lite)) {
        const was = before.get(name);
        if (was === undefined) continue;
        const bad = better === "higher" ? value * TOLERANCE < was : value > was * TOLERANCE;
        if (bad) worse++;
        console.log(
            `${bad ? "WORSE" : "ok   "} ${fresh.server}: ${name}: ${value.toFixed(2)}, recorded ${was.toFixed(2)}`,
        );
    }
    return worse;
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
