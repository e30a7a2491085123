import { expect } from "chai";
import fc from "fast-check";

import { WireError, compareColumns, keyAt, keysOf, readPage } from "../../../provider/wire";
import { parseColumn, rowsOf } from "../../../provider/wire/column/column";
import { encodeColumn } from "../../../provider/wire/column/encode";
import { answer, answered, decode, encode, inserted, kinds, oracle, types, unpacked } from "../support";
import { runs } from "../../support/tier";

const ids = (...data: (bigint | number)[]) => ({
    type: "Int64",
    field_name: "id",
    scalars: { long_data: { data: data.map(String) } },
});
const join = (...pieces: Uint8Array[]) => Buffer.concat(pieces);
const field = (message: object) => encode(types.fieldData, { ...message });

describe("a page", () => {
    it("reports the status, and both codes of a failure", () => {
        const failed = encode(types.queryResults, {
            status: { error_code: "UnexpectedError", code: 1100, reason: "no" },
        });
        expect(readPage(failed)).to.deep.include({ rows: 0, columns: [] });
        expect(readPage(failed).status).to.deep.include({ errorCode: 1, code: 1100, reason: "no" });
        expect(readPage(answer(ids(1))).status).to.deep.include({ errorCode: 0, code: 0 });
    });

    it("is empty at the end of a collection", () => {
        expect(readPage(new Uint8Array()).rows).to.equal(0);
        expect(readPage(answer()).rows).to.equal(0);
    });

    for (const kind of kinds) {
        it(`counts the rows of ${kind.dataType} and decodes them as protobufjs does`, () => {
            fc.assert(
                fc.property(fc.array(kind.value, { minLength: 1, maxLength: 5 }), (values) => {
                    const message = answered(kind, "a", values, false);
                    const column = readPage(answer(message)).columns[0]!;
                    expect(rowsOf(column)).to.equal(values.length);
                    const { field_id: _, ...rest } = oracle(message);
                    expect(decode(types.fieldData, join(...encodeColumn(column)))).to.deep.equal(rest);
                }),
            );
        });
    }

    it("rejects columns of different lengths", () => {
        expect(() => readPage(answer(ids(1, 2), { ...ids(1), field_name: "n" }))).to.throw(
            WireError,
            "1 rows",
        );
    });

    it("reads truncated or corrupted bytes or rejects them, and always ends", () => {
        const whole = answer(
            ids(-1, 5),
            ...kinds.map((kind, i) => ({ ...answered(kind, `c${String(i)}`, [], false) })),
        );
        fc.assert(
            fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
                const spoilt = cut ? whole.subarray(0, at) : Buffer.from(whole);
                if (!cut) spoilt[at] = byte;
                try {
                    readPage(spoilt);
                } catch (error) {
                    expect(error).to.be.instanceOf(WireError);
                }
            }),
            { numRuns: runs(1000) },
        );
    });

    it("reports where a truncated answer ends", () => {
        const whole = answer(ids(1, 2, 3));
        expect(() => readPage(whole.subarray(0, whole.length - 8))).to.throw(WireError, "it ends inside");
    });
});

describe("an unusual encoding", () => {
    const one = parseColumn(field(ids(5, -7, 300)));

    it("may split a column's values into parts", () => {
        const parts = join(field(ids(5)), field({ scalars: { long_data: { data: ["-7", "300"] } } }));
        const column = parseColumn(parts);
        expect(compareColumns(column, one, 3)).to.deep.equal([]);
        expect(decode(types.fieldData, join(...encodeColumn(column)))).to.deep.equal(oracle(ids(5, -7, 300)));
    });

    it("may write a list of numbers unpacked", () => {
        const numbers = [5, -7, 300];
        const list = unpacked(3, 3, (writer, i) => writer.uint32(8).int64(numbers[i]!), 3);
        const column = parseColumn(join(list, field({ type: "Int64", field_name: "id" })));
        expect(compareColumns(column, one, 3)).to.deep.equal([]);
        expect(decode(types.fieldData, join(...encodeColumn(column)))).to.deep.equal(oracle(ids(5, -7, 300)));
    });

    it("may write floats unpacked, and flags as well", () => {
        const list = unpacked(3, 4, (writer, i) => writer.uint32(13).float(i), 2);
        const column = parseColumn(join(Buffer.from([56, 1, 56, 0, 18, 1, 97]), list));
        expect([...column.valid!]).to.deep.equal([1, 0]);
        expect(rowsOf(column)).to.equal(2);
        const float = kinds.find((kind) => kind.dataType === "Float")!;
        const same = parseColumn(field(inserted(float, "a", [0, null], true)));
        expect(compareColumns(column, same, 2)).to.deep.equal([]);
    });

    it("may change the kind of the values: the last one counts", () => {
        const column = parseColumn(join(field({ scalars: { bool_data: { data: [true] } } }), field(ids(9))));
        expect(keyAt(keysOf(column), 0)).to.equal(9n);
    });

    it("may place the values before the name", () => {
        const { type, field_name, scalars } = ids(4);
        const column = parseColumn(join(field({ scalars }), field({ field_name }), field({ type })));
        expect(column).to.deep.include({ name: "id", type: 5 });
    });
});
