/** The benchmark: see `usage` in options.ts, and docs/benchmarks.md for its results. */
import { readOptions, type Options, type BenchServer } from "./options";
import { render } from "./render";
import { machine, readResult, type Result, type SizeResult, writeResult } from "./results";
import { measureSize, type Say } from "./size";
import { findEngine } from "./source";
import { measureStacks } from "./stacks";

/**
 * Measures on one server and saves the results after each size, so that an interrupted run loses little. Only
 * `bench:check -- --record` saves a quick run.
 */
export async function bench(server: BenchServer, options: Options, say: Say): Promise<Result> {
    const engine = await findEngine();
    const before = options.quick ? undefined : readResult(server, false);
    const result: Result = {
        server,
        machine: before?.machine ?? machine(),
        engine: `${engine.name} ${engine.version}`,
        sizes: before?.sizes ?? [],
        stacks: before?.stacks ?? [],
    };
    const write = () => {
        if (!options.quick) writeResult(result, false);
    };
    for (const size of options.sizes(server)) {
        say(`\n${server}, ${size.rows} rows of ${size.dim} dimensions`);
        const measured = await measureSize(server, engine, size, options, say);
        const elsewhere = machine() !== result.machine && { machine: machine() };
        result.sizes = inOrder({ ...measured, ...elsewhere }, result.sizes);
        write();
    }
    if (options.stacks.length > 0) {
        say(`\n${server}, stacks`);
        result.stacks = await measureStacks(server, engine, options.stacks, say);
        write();
    }
    return result;
}

/** New measurements replace the old ones. */
function inOrder(fresh: SizeResult, others: readonly SizeResult[]): SizeResult[] {
    const kept = others.filter(({ rows, dim }) => rows !== fresh.rows || dim !== fresh.dim);
    return [...kept, fresh].sort((a, b) => a.rows - b.rows || a.dim - b.dim);
}

async function main(): Promise<void> {
    const options = readOptions(process.argv.slice(2));
    if (!options.render)
        for (const server of options.servers) await bench(server, options, (line) => console.log(line));
    if (!options.quick) await render();
}

if (require.main === module)
    main().catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
    });
