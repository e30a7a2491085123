import { expect } from "chai";
import fc from "fast-check";

import { compareColumns, selectRows, WireError } from "../../../provider/wire";
import { type Column, parseColumn, rowsOf } from "../../../provider/wire/column/column";
import { encodeColumn } from "../../../provider/wire/column/encode";
import {
    answered,
    decode,
    encode,
    inserted,
    type Kind,
    kinds,
    type Message,
    oracle,
    types,
} from "../support";

const parse = (message: Message): Column => parseColumn(encode(types.fieldData, message));
const sent = (column: Column): Message => decode(types.fieldData, Buffer.concat(encodeColumn(column)));

/** The forms of an answer: without NULL, with a slot for each NULL, or with only the valid values. */
const forms = {
    "without NULLs": (kind: Kind, rows: unknown[]) => answered(kind, "a", rows, false),
    "with NULLs": (kind: Kind, rows: unknown[]) => answered(kind, "a", rows, true),
    "with NULLs and only the valid values": (kind: Kind, rows: unknown[]) => inserted(kind, "a", rows, true),
};

/** Rows and a selection of them: in any order, possibly repeated. */
const chosen = (value: fc.Arbitrary<unknown>) =>
    fc
        .array(value, { minLength: 1, maxLength: 12 })
        .chain((rows) =>
            fc.tuple(fc.constant(rows), fc.array(fc.nat(rows.length - 1), { minLength: 1, maxLength: 15 })),
        );

describe("selected rows of a column", () => {
    for (const kind of kinds)
        for (const [form, make] of Object.entries(forms)) {
            const label = `${kind.dataType}${kind.elementType ? `<${kind.elementType}>` : ""}`;
            const value = form === "without NULLs" ? kind.value : fc.option(kind.value);
            it(`are the chosen ones, of ${label} ${form}`, () => {
                fc.assert(
                    fc.property(chosen(value), ([rows, places]) => {
                        const picked = places.map((place) => rows[place]);
                        const [column] = selectRows([parse(make(kind, rows))], places);
                        const expected = make(kind, picked);
                        expect(rowsOf(column!)).to.equal(picked.length);
                        expect(compareColumns(column!, parse(expected), picked.length)).to.deep.equal([]);
                        // Compared on the wire too, because those bytes are sent; the field id belongs to the other
                        // collection.
                        const { field_id: _, ...rest } = oracle(expected);
                        expect(sent(column!)).to.deep.equal(rest);
                    }),
                );
            });
        }

    it("are selected identically in each column", () => {
        const ids = Array.from({ length: 9 }, (_, at) => String(at));
        const kind = (dataType: string) => kinds.find((one) => one.dataType === dataType)!;
        const columns = [
            parse(answered(kind("Int64"), "id", ids, false)),
            parse(answered(kind("VarChar"), "text", ids, false)),
        ];
        const [id, text] = selectRows(columns, [8, 3, 4, 5, 0]);
        expect(sent(id!).scalars).to.deep.equal({ long_data: { data: ["8", "3", "4", "5", "0"] } });
        expect(sent(text!).scalars).to.deep.equal({ string_data: { data: ["8", "3", "4", "5", "0"] } });
        expect(columns.map(rowsOf)).to.deep.equal([9, 9]);
    });

    it("include the values of their Structs", () => {
        const struct = (values: number[][]) => ({
            field_name: "s",
            type: 200,
            struct_arrays: {
                fields: [
                    {
                        field_name: "n",
                        type: "Array",
                        scalars: {
                            array_data: {
                                element_type: "Int64",
                                data: values.map((data) => ({ long_data: { data: data.map(String) } })),
                            },
                        },
                    },
                ],
            },
        });
        const [column] = selectRows([parse(struct([[1], [2, 3], [4, 5, 6]]))], [2, 0]);
        expect(rowsOf(column!)).to.equal(2);
        expect(compareColumns(column!, parse(struct([[4, 5, 6], [1]])), 2)).to.deep.equal([]);
    });

    it("may all be NULL, in a column that arrived without values", () => {
        const nothing = { type: "Int64", field_name: "a", valid_data: [false, false, false] };
        const [column] = selectRows([parse(nothing)], [1, 0]);
        expect([...column!.valid!]).to.deep.equal([0, 0]);
    });

    it("keep both copies of valid_data identical", () => {
        // int_data [5, 0] and field 17 of ScalarField: flags 1, 0; the same in field 7 of FieldData.
        const both = Buffer.from([8, 4, 18, 1, 97, 26, 11, 18, 4, 10, 2, 5, 0, 138, 1, 2, 1, 0, 58, 2, 1, 0]);
        const [column] = selectRows([parseColumn(both)], [1, 0, 0]);
        expect([...column!.valid!]).to.deep.equal([0, 1, 1]);
        const again = parseColumn(Buffer.concat(encodeColumn(column!)));
        expect([...again.valid!]).to.deep.equal([0, 1, 1]);
    });

    it("are rejected for values of an unknown kind", () => {
        const unknown = parseColumn(Buffer.from([18, 1, 97, 26, 5, 154, 6, 2, 104, 105]));
        expect(() => selectRows([unknown], [0])).to.throw(WireError, "cannot be read row by row");
    });
});
