/**
 * Measures the client CPU of the exact search of a gate: `npx tsx bench/gate.ts [dimensions] [queries]`. Prints the rows
 * that are compared with all queries in a second of CPU, for each metric.
 */
import { Nearest } from "../provider/migration/gate/nearest";
import { scorerOf } from "../provider/migration/gate/scorer";
import type { VectorRows } from "../provider/wire";

const dim = Number(process.argv[2] ?? 128);
const queries = Number(process.argv[3] ?? 100);
const rows = 16_384;
const pages = 5;
/** With the row itself. */
const TOP_K = 11;

const floats = Float32Array.from({ length: rows * dim }, () => Math.random() - 0.5);
const body = new Uint8Array(floats.buffer);
const none = new Int32Array();
const page: VectorRows = {
    body,
    slots: { count: rows, heads: none, starts: none, ends: none, extra: [] },
    slotOfRow: Int32Array.from({ length: rows }, (_, row) => row),
};
const asked = Array.from({ length: queries }, (_, at) => body.subarray(at * dim * 4, (at + 1) * dim * 4));

for (const metric of ["L2", "IP", "COSINE"]) {
    const scorer = scorerOf("FloatVector", metric, asked)!;
    const nearest = asked.map(() => new Nearest(TOP_K));
    const least = new Float64Array(queries).fill(-Infinity);
    const scan = () =>
        scorer.scan(page, least, (query, row, score) => {
            nearest[query]!.offer(BigInt(row), score);
            least[query] = nearest[query]!.least;
        });
    scan();
    const before = process.cpuUsage();
    for (let at = 0; at < pages; at++) scan();
    const { user, system } = process.cpuUsage(before);
    const rate = Math.round((pages * rows * 1e6) / (user + system));
    console.log(`${metric}: ${rate.toLocaleString("en-US")} rows a second of CPU`);
}
