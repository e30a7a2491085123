import type { Scorer } from "./scorer";

/** The number of bits that are set in each byte. */
const ones = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);

/** HAMMING counts the bits that differ; JACCARD is 1 - common / all bits that are set. Two empty vectors are alike. */
export function binaryScorer(metric: "HAMMING" | "JACCARD", queries: readonly Uint8Array[]): Scorer {
    return {
        scan({ body, slots: { starts, ends }, slotOfRow }, least, offer) {
            for (let row = 0; row < slotOfRow.length; row++) {
                const slot = slotOfRow[row]!;
                if (slot < 0) continue;
                const vector = body.subarray(starts[slot], ends[slot]);
                queries.forEach((query, at) => {
                    let [both, either] = [0, 0];
                    for (let byte = 0; byte < query.length; byte++) {
                        both += ones[query[byte]! & vector[byte]!]!;
                        either += ones[query[byte]! | vector[byte]!]!;
                    }
                    const similar = either === 0 ? 1 : both / either;
                    const score = metric === "HAMMING" ? both - either : similar - 1;
                    if (score > least[at]!) offer(at, row, score);
                });
            }
        },
        tolerance: () => (metric === "HAMMING" ? 0 : 1e-6),
    };
}
