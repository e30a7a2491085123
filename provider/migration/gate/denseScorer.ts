import { floatsOf } from "../../wire";
import type { Scorer } from "./scorer";

/**
 * The relative error of a sum of 32-bit products: 2^-24 for each of a few hundred terms that partly cancel out. Rows that a
 * server cannot tell apart count as equally near.
 */
const RELATIVE_ERROR = 2 ** -19;

/**
 * All metrics of dense vectors by one product of matrices: L2 is |q|² + |r|² - 2qr, COSINE is qr / |q||r|. Four queries are
 * multiplied at once, so that a number of the row is read once for them.
 */
export function denseScorer(
    dataType: string,
    metric: "L2" | "IP" | "COSINE",
    queries: readonly Uint8Array[],
): Scorer {
    const vectors = queries.map((query) => Float64Array.from(floatsOf(query, dataType)));
    const dim = vectors[0]?.length ?? 0;
    const squares = vectors.map((vector) => vector.reduce((sum, x) => sum + x * x, 0));
    const groups = Array.from({ length: Math.ceil(vectors.length / 4) }, (_, at) =>
        interleaved(vectors, at, dim),
    );
    const dots = new Float64Array(groups.length * 4);

    const scoreOf = (query: number, square: number): number => {
        const dot = dots[query]!;
        if (metric === "IP") return dot;
        if (metric === "L2") return 2 * dot - square - squares[query]!;
        const norms = Math.sqrt(square * squares[query]!);
        return norms === 0 ? 0 : dot / norms;
    };
    return {
        scan({ body, slotOfRow }, least, offer) {
            const floats = floatsOf(body, dataType);
            for (let row = 0; row < slotOfRow.length; row++) {
                if (slotOfRow[row]! < 0) continue;
                const from = slotOfRow[row]! * dim;
                for (let at = 0; at < groups.length; at++)
                    multiply(groups[at]!, floats, from, dim, dots, at * 4);
                const square = metric === "IP" ? 0 : squareOf(floats, from, dim);
                for (let query = 0; query < vectors.length; query++) {
                    const score = scoreOf(query, square);
                    if (score > least[query]!) offer(query, row, score);
                }
            }
        },
        tolerance(query, score) {
            if (metric === "COSINE") return RELATIVE_ERROR;
            // Of an L2 distance the larger norm counts: the row's is at most that of the query and the distance together.
            const scale = metric === "L2" ? 4 * squares[query]! + 2 * Math.abs(score) : Math.abs(score);
            return RELATIVE_ERROR * Math.max(scale, Math.sqrt(squares[query]!) * Number.EPSILON);
        },
    };
}

/** Four queries as one list: the first number of each, then the second of each. Missing ones are 0. */
function interleaved(vectors: readonly Float64Array[], group: number, dim: number): Float64Array {
    const all = new Float64Array(dim * 4);
    for (let one = 0; one < 4; one++)
        vectors[group * 4 + one]?.forEach((x, place) => (all[place * 4 + one] = x));
    return all;
}

function multiply(
    group: Float64Array,
    floats: Float32Array,
    from: number,
    dim: number,
    dots: Float64Array,
    to: number,
): void {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let place = 0, at = 0; place < dim; place++, at += 4) {
        const x = floats[from + place]!;
        a += x * group[at]!;
        b += x * group[at + 1]!;
        c += x * group[at + 2]!;
        d += x * group[at + 3]!;
    }
    dots[to] = a;
    dots[to + 1] = b;
    dots[to + 2] = c;
    dots[to + 3] = d;
}

function squareOf(floats: Float32Array, from: number, dim: number): number {
    let sum = 0;
    for (let place = from; place < from + dim; place++) sum += floats[place]! * floats[place]!;
    return sum;
}
