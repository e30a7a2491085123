/**
 * Compares the time that a preview announces with the time of its `up`: `npm run bench:estimate`. Prints a line a server and
 * size, and fails where the two differ by more than a factor of 1.5. docs/scale.md has the results.
 */
import { startLocal } from "../test/support/servers/startLocal";
import type { BenchServer } from "./options";
import type { Size } from "./schema";
import { findEngine, openSource } from "./source";

const servers: readonly BenchServer[] = ["milvus-2.3.5", "milvus-lite-3.2.2"];
const sizes: readonly Size[] = [
    { rows: 20_000, dim: 1024 },
    { rows: 300, dim: 8 },
];
const mostFactor = 1.5;

async function main(): Promise<void> {
    const engine = await findEngine();
    for (const name of servers)
        for (const size of sizes) {
            const server = await startLocal(name);
            try {
                const source = await openSource(engine, server, size, () => undefined);
                await source.change();
                const preview = await source.stack.preview();
                const announced = announcedSeconds(preview.output);
                const begin = performance.now();
                const up = await source.stack.up();
                const taken = (performance.now() - begin) / 1000;
                if (!up.ok) throw new Error(up.output);
                await source.close();
                const factor = Math.max(announced / taken, taken / announced);
                console.log(
                    `${name}, ${size.rows} rows of ${size.dim} dimensions: announced ${announced} s, ` +
                        `taken ${taken.toFixed(1)} s, factor ${factor.toFixed(2)}`,
                );
                if (factor > mostFactor) process.exitCode = 1;
            } finally {
                await server.dispose();
            }
        }
}

/** `time: about 2 min`, `about 45 s` */
function announcedSeconds(output: string): number {
    const [, figure, unit] = /time: about ([\d.]+) (s|min|h)\b/.exec(output) ?? [];
    if (figure === undefined) throw new Error(`The preview announces no time:\n${output}`);
    return Number(figure) * { s: 1, min: 60, h: 3600 }[unit as "s" | "min" | "h"];
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
