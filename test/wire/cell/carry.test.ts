import { expect } from "chai";
import fc from "fast-check";

import { parseColumn } from "../../../provider/wire/column/column";
import { encodeColumn } from "../../../provider/wire/column/encode";
import { WireError, type WireColumn, compileColumns, insertRequest, readPage } from "../../../provider/wire";
import { type Kind, answer, answered, decode, inserted, kinds, oracle, types } from "../support";

const target = (kind: Kind, extra: Partial<WireColumn> = {}): WireColumn => ({
    name: "b",
    dataType: kind.dataType,
    elementType: kind.elementType,
    dim: kind.dim,
    nullable: false,
    hasDefault: false,
    source: { kind: "carry", from: "a" },
    ...extra,
});

/** The single column of the insert that a mapping makes of an answer. */
function mapped(bytes: Uint8Array, column: WireColumn) {
    const page = readPage(bytes);
    const request = insertRequest(
        { dbName: "", collectionName: "c" },
        compileColumns([column])(page),
        page.rows,
    );
    const message = decode(types.insertRequest, request) as { fields_data: object[]; num_rows: number };
    expect(message.num_rows).to.equal(page.rows);
    return message.fields_data[0];
}

const problem = (run: () => unknown) => {
    try {
        run();
    } catch (error) {
        if (error instanceof WireError) return error.problem;
        throw error;
    }
    return undefined;
};

describe("a carried column", () => {
    for (const kind of kinds) {
        const label = `${kind.dataType}${kind.elementType ? `<${kind.elementType}>` : ""}`;
        const rows = fc.array(kind.value, { minLength: 1, maxLength: 9 });
        const withNulls = fc.array(fc.option(kind.value), { minLength: 1, maxLength: 9 });
        // The lengths of vectors give the number of rows only if none is NULL.
        const page = (column: object, count: number) =>
            answer(
                { type: "Int64", field_name: "id", scalars: { long_data: { data: Array(count).fill(7) } } },
                { ...column },
            );

        it(`${label} keeps its values under a new name`, () => {
            fc.assert(
                fc.property(rows, fc.boolean(), (values, hasDefault) => {
                    const bytes = page(answered(kind, "a", values, false), values.length);
                    const column = target(kind, { hasDefault });
                    expect(mapped(bytes, column)).to.deep.equal(
                        oracle(inserted(kind, "b", values, hasDefault)),
                    );
                }),
            );
        });

        it(`${label} sends only the valid values, and a flag for each row`, () => {
            fc.assert(
                fc.property(withNulls, (values) => {
                    const bytes = page(answered(kind, "a", values, true), values.length);
                    const expected = oracle(inserted(kind, "b", values, true));
                    expect(mapped(bytes, target(kind, { nullable: true }))).to.deep.equal(expected);
                }),
            );
        });

        it(`${label} loses its flags in a field that is not nullable, and reports the first NULL`, () => {
            fc.assert(
                fc.property(withNulls, (values) => {
                    const bytes = page(answered(kind, "a", values, true), values.length);
                    const row = values.indexOf(null);
                    if (row < 0)
                        expect(mapped(bytes, target(kind))).to.deep.equal(
                            oracle(inserted(kind, "b", values, false)),
                        );
                    else
                        expect(problem(() => mapped(bytes, target(kind)))).to.deep.equal({
                            kind: "null-refused",
                            column: "b",
                            row,
                            count: values.filter((value) => value === null).length,
                        });
                }),
            );
        });
    }

    it("passes the bytes on without a copy if nothing changes", () => {
        const bytes = answer(
            answered(
                kinds.find((kind) => kind.dataType === "FloatVector")!,
                "a",
                [[1, 2, 3]],
                false,
            ),
        );
        const column = compileColumns([target(kinds.find((kind) => kind.dataType === "FloatVector")!)])(
            readPage(bytes),
        )[0]!;
        const views = encodeColumn(column).filter((piece) => piece.buffer === bytes.buffer);
        expect(views.reduce((sum, piece) => sum + piece.length, 0)).to.be.at.least(12);
    });

    it("fills the slots of NULLs with the backfill", () => {
        const kind = kinds.find((one) => one.dataType === "VarChar")!;
        const column = target(kind, { source: { kind: "carry", from: "a", backfill: "en" } });
        expect(mapped(answer(answered(kind, "a", [null, "de", null], true)), column)).to.deep.equal(
            oracle(inserted(kind, "b", ["en", "de", "en"], false)),
        );
    });

    it("fills the missing vectors of a compact column with the backfill", () => {
        const kind = kinds.find((one) => one.dataType === "FloatVector")!;
        const column = target(kind, { source: { kind: "carry", from: "a", backfill: [0, 0, 1] } });
        expect(mapped(answer(answered(kind, "a", [[1, 2, 3], null], true)), column)).to.deep.equal(
            oracle(
                inserted(
                    kind,
                    "b",
                    [
                        [1, 2, 3],
                        [0, 0, 1],
                    ],
                    false,
                ),
            ),
        );
    });

    it("makes an empty member for a column of NULLs that arrived without values", () => {
        const kind = kinds.find((one) => one.dataType === "Int64")!;
        const bytes = answer({ type: "Int64", field_name: "a", valid_data: [false, false] });
        expect(mapped(bytes, target(kind, { nullable: true }))).to.deep.equal(
            oracle(inserted(kind, "b", [null, null], true)),
        );
    });

    it("keeps both copies of valid_data identical, and drops both", () => {
        // int_data [5, 0] and field 17 of ScalarField: flags 1, 0; the same in field 7 of FieldData.
        const both = Buffer.from([8, 4, 18, 1, 97, 26, 11, 18, 4, 10, 2, 5, 0, 138, 1, 2, 1, 0, 58, 2, 1, 0]);
        const field = parseColumn(both);
        expect([...field.valid!]).to.deep.equal([1, 0]);
        const page = {
            status: { errorCode: 0, code: 0, reason: "", bytes: both },
            rows: 2,
            columns: [field],
        };
        const int32 = kinds.find((kind) => kind.dataType === "Int32")!;
        const carry = (column: WireColumn) => Buffer.concat(encodeColumn(compileColumns([column])(page)[0]!));
        expect([...carry(target(int32, { nullable: true }))]).to.deep.equal([
            8, 4, 18, 1, 98, 26, 10, 18, 3, 10, 1, 5, 138, 1, 2, 1, 0, 58, 2, 1, 0,
        ]);
        const filled = target(int32, { source: { kind: "carry", from: "a", backfill: 9 } });
        expect([...carry(filled)]).to.deep.equal([8, 4, 18, 1, 98, 26, 6, 18, 4, 10, 2, 5, 9]);
    });

    it("rejects two valid_data that differ", () => {
        const both = Buffer.from([18, 1, 97, 26, 11, 18, 4, 10, 2, 5, 0, 138, 1, 2, 1, 1, 58, 2, 1, 0]);
        expect(problem(() => parseColumn(both))?.kind).to.equal("malformed");
    });

    it("carries values of an unknown kind, and their unknown fields", () => {
        // scalars { 99: "hi" } and field 50 of FieldData.
        const bytes = Buffer.from([18, 1, 97, 26, 5, 154, 6, 2, 104, 105, 146, 3, 1, 33]);
        const page = {
            status: { errorCode: 0, code: 0, reason: "", bytes },
            rows: 1,
            columns: [parseColumn(bytes)],
        };
        const column = { ...target(kinds[0]!), dataType: "Quaternion" };
        expect([...Buffer.concat(encodeColumn(compileColumns([column])(page)[0]!))]).to.deep.equal([
            18, 1, 98, 26, 5, 154, 6, 2, 104, 105, 146, 3, 1, 33,
        ]);
    });

    it("reports a column that the answer lacks", () => {
        const bytes = answer(answered(kinds[0]!, "other", [true], false));
        expect(problem(() => mapped(bytes, target(kinds[0]!)))).to.deep.equal({
            kind: "missing-column",
            column: "a",
        });
    });
});
