import { expect } from "chai";
import fc from "fast-check";

import { bucketOf, compareColumns, hashRows, RowSums, sameRow } from "../../../provider/wire";
import { type Column, parseColumn } from "../../../provider/wire/column/column";
import { addHash } from "../../../provider/wire/encoding/murmur";
import { type Kind, answered, encode, inserted, kinds, types } from "../support";
import { runs } from "../../support/tier";

const column = (message: object): Column => parseColumn(encode(types.fieldData, { ...message }));
const ints = (name: string, ...data: number[]) =>
    column({ type: "Int64", field_name: name, scalars: { long_data: { data } } });
const doubles = (name: string, ...data: number[]) => {
    const body = Buffer.from(Float64Array.from(data).buffer);
    const list = Buffer.concat([Buffer.from([10, body.length]), body]);
    return parseColumn(
        Buffer.concat([Buffer.from([18, 1, name.charCodeAt(0), 26, list.length + 2, 42, list.length]), list]),
    );
};
const hex = (words: Uint32Array) => Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");

/** Rows in both forms, one of them with the columns reversed. */
const row = fc.tuple(...kinds.map((kind) => fc.option(kind.value)));
const columnsOf = (rows: unknown[][], make: (kind: Kind, name: string, values: unknown[]) => object) =>
    kinds.map((kind, i) =>
        column(
            make(
                kind,
                `c${String(i)}`,
                rows.map((values) => values[i]),
            ),
        ),
    );
const full = (kind: Kind, name: string, values: unknown[]) => answered(kind, name, values, true);
const compact = (kind: Kind, name: string, values: unknown[]) => inserted(kind, name, values, true);

describe("the hash of a row", () => {
    it("is MurmurHash3_x86_128", () => {
        const hash = (text: string) => {
            const bytes = Buffer.from(text);
            const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
            const words = new Uint32Array(4);
            addHash(view, 0, bytes.length, [0, 0, 0, 0], words, 0);
            return hex(words);
        };
        expect(hash("I will not buy this record, it is scratched.")).to.equal(
            "a0a9683b25ac5e40d9af2895890dddf5",
        );
        expect(hash("hello")).to.equal("2b2444a0db91def79adb31b69adb31b6");
        expect(hash("")).to.equal("0".repeat(32));
    });

    it("does not depend on the column order, nor on the slots of NULLs", () => {
        fc.assert(
            fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
                const a = hashRows(columnsOf(rows, full), rows.length);
                const b = hashRows(columnsOf(rows, compact).reverse(), rows.length);
                expect(hex(a.words)).to.equal(hex(b.words));
            }),
        );
    });

    it("differs exactly in the row whose value differs", () => {
        fc.assert(
            fc.property(
                fc.array(row, { minLength: 2, maxLength: 4 }),
                row,
                fc.nat(),
                fc.nat(),
                (rows, other, r, c) => {
                    const at = r % rows.length;
                    const col = c % kinds.length;
                    const changed = rows.map((values) => [...values]);
                    changed[at]![col] = other[col];
                    const [before, after] = [columnsOf(rows, full), columnsOf(changed, full)];
                    const differing = compareColumns(before[col]!, after[col]!, rows.length);
                    const a = hashRows(before, rows.length);
                    const b = hashRows(after, rows.length);
                    rows.forEach((_, i) => {
                        expect(sameRow(a, i, b, i)).to.equal(!differing.includes(i));
                    });
                    expect(differing.every((i) => i === at)).to.equal(true);
                },
            ),
            { numRuns: runs(300) },
        );
    });

    it("distinguishes -0 from 0, but not one NaN from another", () => {
        const quiet = doubles("d", NaN, 0);
        const other = doubles("d", NaN, -0);
        (other.payload.kind === "values" ? other.payload.values.body : Buffer.alloc(0))[0] = 1;
        expect(compareColumns(quiet, other, 2)).to.deep.equal([1]);
        const [a, b] = [hashRows([quiet], 2), hashRows([other], 2)];
        expect([sameRow(a, 0, b, 0), sameRow(a, 1, b, 1)]).to.deep.equal([true, false]);
    });

    it("treats a missing column as NULL, but not as an empty value", () => {
        const id = ints("id", 1);
        const varchar = kinds.find((kind) => kind.dataType === "VarChar")!;
        const nothing = hashRows([id, column(full(varchar, "t", [null]))], 1);
        expect(hex(nothing.words)).to.equal(hex(hashRows([id], 1).words));
        expect(hex(nothing.words)).not.to.equal(
            hex(hashRows([id, column(full(varchar, "t", [""]))], 1).words),
        );
    });

    it("depends on the field: two fields that swap their values change the hash", () => {
        const a = hashRows([ints("a", 1), ints("b", 2)], 1);
        const b = hashRows([ints("a", 2), ints("b", 1)], 1);
        expect(hex(a.words)).not.to.equal(hex(b.words));
    });

    it("ignores columns that are not compared", () => {
        const left = hashRows([ints("id", 1), ints("a", 5)], 1, new Set(["id"]));
        expect(hex(left.words)).to.equal(hex(hashRows([ints("a", 5)], 1).words));
    });

    it("includes the values of a struct array, whatever the server calls its fields", () => {
        const struct = (name: string, value: number) =>
            column({
                field_name: "s",
                type: 200,
                struct_arrays: {
                    fields: [
                        {
                            field_name: name,
                            type: "Array",
                            scalars: {
                                array_data: {
                                    element_type: "Int64",
                                    data: [{ long_data: { data: [value] } }],
                                },
                            },
                        },
                    ],
                },
            });
        const hash = (one: Column) => hex(hashRows([one], 1).words);
        expect(hash(struct("x", 1))).to.equal(hash(struct("s[x]", 1)));
        expect(hash(struct("x", 1))).not.to.equal(hash(struct("x", 2)));
        expect(compareColumns(struct("x", 1), struct("x", 2), 1)).to.deep.equal([0]);
    });
});

describe("the sum of rows", () => {
    const hashes = (...values: number[]) => hashRows([ints("a", ...values)], values.length);
    const sumOf = (...pages: ReturnType<typeof hashes>[]) => {
        const sum = new RowSums();
        pages.forEach((page) => sum.add(page));
        return sum;
    };

    it("is the same in any order and with any pages", () => {
        const parts = sumOf(hashes(4, 1), hashes(3, 2));
        expect(sumOf(hashes(1, 2, 3, 4)).differing(parts)).to.be.empty;
        expect(parts.rows).to.equal(4);
    });

    it("detects two rows that exchange a value", () => {
        const sum = (...b: number[]) => sumOf(hashRows([ints("a", 1, 2), ints("b", ...b)], 2));
        expect(sum(3, 4).differing(sum(4, 3))).not.to.be.empty;
    });

    it("detects a duplicate row", () => {
        expect(sumOf(hashes(1)).differing(sumOf(hashes(1, 1)))).not.to.be.empty;
    });

    it("identifies the buckets of differing rows, and the number of rows in them on both sides", () => {
        const numbers = Array.from({ length: 1_000 }, (_, at) => at);
        const [all, changed] = [hashes(...numbers), hashes(...numbers.with(17, 5_000))];
        const found = sumOf(all).differing(sumOf(changed));
        expect([...found.keys()]).to.have.members([bucketOf(all, 17), bucketOf(changed, 17)]);
        const inThem = [all, changed].flatMap((side) =>
            numbers.filter((row) => found.has(bucketOf(side, row))),
        );
        expect([...found.values()].reduce((sum, rows) => sum + rows)).to.equal(inThem.length);
    });
});

describe("two columns", () => {
    it("report the first rows in which they differ, including rows that are NULL on one side", () => {
        const varchar = kinds.find((kind) => kind.dataType === "VarChar")!;
        const a = column(full(varchar, "t", ["a", null, "c", null, "e"]));
        const b = column(compact(varchar, "u", ["a", null, "x", "d", null]));
        expect(compareColumns(a, b, 5)).to.deep.equal([2, 3, 4]);
        expect(compareColumns(a, b, 5, 1)).to.deep.equal([2]);
    });
});
