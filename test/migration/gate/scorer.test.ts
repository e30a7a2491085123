import { expect } from "chai";
import fc from "fast-check";

import { columnOf, encodeCell, readPage, vectorRows, type WireValue } from "../../../provider/wire";
import { bfloatValue, halfValue } from "../../../provider/wire/encoding/float";
import { scorerOf } from "../../../provider/migration/gate/scorer";
import { answer } from "../../wire/support";

const DIM = 16;
const numbers = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: DIM, maxLength: DIM });
const vectors = fc.array(numbers, { minLength: 1, maxLength: 9 });
const flags = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 2 });

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, at) => sum + x * b[at]!, 0);
/** As Milvus' docs define them; a larger score is nearer. */
const metrics = {
    IP: dot,
    L2: (a: number[], b: number[]) => -a.reduce((sum, x, at) => sum + (x - b[at]!) ** 2, 0),
    COSINE: (a: number[], b: number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)) || 0,
};

const members: Record<string, string> = {
    FloatVector: "float_vector",
    Float16Vector: "float16_vector",
    BFloat16Vector: "bfloat16_vector",
    Int8Vector: "int8_vector",
    BinaryVector: "binary_vector",
};

const bytesOf = (dataType: string, value: WireValue, dim?: number) =>
    encodeCell[dataType]!(value, { dataType, ...(dim !== undefined && { dim }) });

/** All scores of the rows for the queries, by query and row; a NULL row is `null`. */
function scores(
    dataType: string,
    metric: string,
    { queries, rows }: { queries: Uint8Array[]; rows: (Uint8Array | null)[] },
    dim = DIM,
): Map<string, number> {
    const there = rows.filter((row) => row !== null);
    const contents = Buffer.concat(there);
    const values =
        dataType === "SparseFloatVector"
            ? { sparse_float_vector: { contents: there, dim: 100 } }
            : dataType === "FloatVector"
              ? { dim, float_vector: { data: Array.from(new Float32Array(new Uint8Array(contents).buffer)) } }
              : { dim, [members[dataType]!]: contents };
    const page = readPage(
        answer({
            type: dataType,
            field_name: "vector",
            vectors: values,
            ...(there.length < rows.length && { valid_data: rows.map((row) => row !== null) }),
        }),
    );
    const found = new Map<string, number>();
    const least = new Float64Array(queries.length).fill(-Infinity);
    scorerOf(dataType, metric, queries)!.scan(
        vectorRows(columnOf(page, "vector"), rows.length),
        least,
        (query, row, score) => found.set(`${query}/${row}`, score),
    );
    return found;
}

describe("exact scores", () => {
    for (const [dataType, read] of [
        ["FloatVector", (x: number) => x],
        ["Int8Vector", (x: number) => x],
        [
            "Float16Vector",
            (x: number, bytes: Uint8Array) => halfValue(Buffer.from(bytes).readUInt16LE(x * 2)),
        ],
        [
            "BFloat16Vector",
            (x: number, bytes: Uint8Array) => bfloatValue(Buffer.from(bytes).readUInt16LE(x * 2)),
        ],
    ] as const)
        for (const metric of ["L2", "IP", "COSINE"] as const)
            it(`of a ${dataType} are those of the definition of ${metric}`, () => {
                fc.assert(
                    fc.property(vectors, vectors, (queries, rows) => {
                        const encoded = {
                            queries: queries.map((one) => bytesOf(dataType, one, DIM)),
                            rows: rows.map((one) => bytesOf(dataType, one, DIM)),
                        };
                        const found = scores(dataType, metric, encoded);
                        const stored = (one: number[], bytes: Uint8Array) =>
                            one.map((x, at) => (dataType.endsWith("16Vector") ? read(at, bytes) : x));
                        queries.forEach((query, q) =>
                            rows.forEach((row, r) => {
                                const wanted = metrics[metric](
                                    stored(query, encoded.queries[q]!),
                                    stored(row, encoded.rows[r]!),
                                );
                                expect(found.get(`${q}/${r}`)).to.be.closeTo(wanted, 1e-6);
                            }),
                        );
                    }),
                    { numRuns: 30 },
                );
            });

    it("of a BinaryVector are those of the definitions of HAMMING and JACCARD", () => {
        const ones = (x: number) => x.toString(2).replaceAll("0", "").length;
        const sum = (a: number[], b: number[], of: (x: number, y: number) => number) =>
            a.reduce((total, x, at) => total + ones(of(x, b[at]!)), 0);
        fc.assert(
            fc.property(fc.array(flags, { minLength: 1 }), flags, (rows, query) => {
                const encoded = {
                    queries: [Uint8Array.from(query)],
                    rows: rows.map((row) => Uint8Array.from(row)),
                };
                const hamming = scores("BinaryVector", "HAMMING", encoded, 16);
                const jaccard = scores("BinaryVector", "JACCARD", encoded, 16);
                rows.forEach((row, r) => {
                    expect(hamming.get(`0/${r}`)).to.equal(0 - sum(query, row, (x, y) => x ^ y));
                    const either = sum(query, row, (x, y) => x | y);
                    const similar = either === 0 ? 1 : sum(query, row, (x, y) => x & y) / either;
                    expect(jaccard.get(`0/${r}`)).to.be.closeTo(similar - 1, 1e-12);
                });
            }),
        );
    });

    it("of a SparseFloatVector are inner products, of rows that share a position with the query", () => {
        const row = bytesOf("SparseFloatVector", { 3: 2, 50: 1 });
        const apart = bytesOf("SparseFloatVector", { 4: 9 });
        const queries = [
            bytesOf("SparseFloatVector", { 3: 0.5, 50: 4, 7: 1 }),
            bytesOf("SparseFloatVector", { 4: 1 }),
        ];
        const found = scores("SparseFloatVector", "IP", { queries, rows: [row, apart] });
        expect([...found]).to.deep.equal([
            ["0/0", 5],
            ["1/1", 9],
        ]);
    });

    it("leave out NULL", () => {
        const one = bytesOf("FloatVector", Array<number>(DIM).fill(1), DIM);
        const found = scores("FloatVector", "IP", { queries: [one], rows: [null, one, null, one] });
        expect([...found]).to.deep.equal([
            ["0/1", DIM],
            ["0/3", DIM],
        ]);
    });

    it("of a row and itself are those of the nearest row, within the tolerance, where the server adds 32-bit numbers", () => {
        fc.assert(
            fc.property(vectors, (rows) => {
                const encoded = rows.map((one) => bytesOf("FloatVector", one, DIM));
                for (const metric of ["L2", "COSINE"]) {
                    const scorer = scorerOf("FloatVector", metric, encoded)!;
                    const found = scores("FloatVector", metric, { queries: encoded, rows: encoded });
                    rows.forEach((row, q) => {
                        if (dot(row, row) === 0) return;
                        const best = metric === "L2" ? 0 : 1;
                        expect(found.get(`${q}/${q}`)).to.be.closeTo(best, scorer.tolerance(q, best));
                    });
                }
            }),
            { numRuns: 30 },
        );
    });

    it("are not computed for the metric of a function", () => {
        expect(scorerOf("SparseFloatVector", "BM25", [])).to.equal(undefined);
        expect(scorerOf("BinaryVector", "MHJACCARD", [])).to.equal(undefined);
        expect(scorerOf("FloatVector", "MAX_SIM_COSINE", [])).to.equal(undefined);
    });
});
