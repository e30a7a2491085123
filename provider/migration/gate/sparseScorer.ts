import { appendTo } from "../../inputs/values/appendTo";
import { viewOf } from "../../wire";
import type { Scorer } from "./scorer";

/** A position and a value of 4 bytes each. */
const PAIR = 8;

/** The inner product of sparse vectors: for each position the queries that have it, so that a row is read once for all. */
export function sparseScorer(queries: readonly Uint8Array[]): Scorer {
    const byPosition = new Map<number, { query: number; value: number }[]>();
    queries.forEach((bytes, query) =>
        eachPair(bytes, 0, bytes.length, (position, value) =>
            appendTo(byPosition, position, { query, value }),
        ),
    );
    const sums = new Float64Array(queries.length);
    const shares = new Uint8Array(queries.length);
    return {
        scan({ body, slots: { starts, ends }, slotOfRow }, least, offer) {
            for (let row = 0; row < slotOfRow.length; row++) {
                const slot = slotOfRow[row]!;
                if (slot < 0) continue;
                sums.fill(0);
                shares.fill(0);
                eachPair(body, starts[slot]!, ends[slot]!, (position, value) => {
                    for (const one of byPosition.get(position) ?? []) {
                        sums[one.query]! += one.value * value;
                        shares[one.query] = 1;
                    }
                });
                // A server does not return a row that shares no position with the query.
                for (let query = 0; query < sums.length; query++)
                    if (shares[query] && sums[query]! > least[query]!) offer(query, row, sums[query]!);
            }
        },
        tolerance: (_query, score) => 2 ** -19 * Math.abs(score),
    };
}

function eachPair(
    bytes: Uint8Array,
    from: number,
    to: number,
    visit: (position: number, value: number) => void,
): void {
    const view = viewOf(bytes);
    for (let at = from; at + PAIR <= to; at += PAIR)
        visit(view.getUint32(at, true), view.getFloat32(at + 4, true));
}
