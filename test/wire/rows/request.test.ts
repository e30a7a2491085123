import { expect } from "chai";
import fc from "fast-check";

import {
    type WireColumn,
    compileColumns,
    insertRequest,
    insertRequests,
    readPage,
} from "../../../provider/wire";
import { type Message, answer, answered, decode, encode, inserted, kinds, oracle, types } from "../support";

const to = { dbName: "db", collectionName: "docs", partitionName: "p1" };
const copy: WireColumn[] = kinds.map((kind, i) => ({
    name: `c${String(i)}`,
    dataType: kind.dataType,
    elementType: kind.elementType,
    dim: kind.dim,
    nullable: true,
    hasDefault: false,
    source: { kind: "carry", from: `c${String(i)}` },
}));
const row = fc.tuple(...kinds.map((kind) => fc.option(kind.value)));
const columnAt = (rows: unknown[][], i: number) => rows.map((values) => values[i]);

describe("an insert", () => {
    it("equals the encoding of protobufjs", () => {
        fc.assert(
            fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
                const page = readPage(
                    answer(
                        ...kinds.map((kind, i) => answered(kind, `c${String(i)}`, columnAt(rows, i), true)),
                    ),
                );
                const request = insertRequest(to, compileColumns(copy)(page), page.rows);
                const expected = {
                    db_name: "db",
                    collection_name: "docs",
                    partition_name: "p1",
                    num_rows: rows.length,
                    fields_data: kinds.map((kind, i) =>
                        inserted(kind, `c${String(i)}`, columnAt(rows, i), true),
                    ),
                };
                const oracle = decode(types.insertRequest, encode(types.insertRequest, expected));
                expect(decode(types.insertRequest, request)).to.deep.equal(oracle);
                expect(decode(types.upsertRequest, request)).to.deep.equal(oracle);
            }),
        );
    });

    it("is split by rows if it would be too large, without losing any", () => {
        fc.assert(
            fc.property(
                fc.array(row, { minLength: 1, maxLength: 9 }),
                fc.integer({ min: 1, max: 4000 }),
                (rows, most) => {
                    const page = readPage(
                        answer(
                            ...kinds.map((kind, i) =>
                                answered(kind, `c${String(i)}`, columnAt(rows, i), true),
                            ),
                        ),
                    );
                    const batches = [...insertRequests(to, compileColumns(copy)(page), page.rows, most)];
                    let next = 0;
                    for (const { request, from, to: end } of batches) {
                        expect(from).to.equal(next);
                        next = end;
                        expect(request.length <= most || end - from === 1).to.equal(true);
                        const message = decode(types.insertRequest, request) as {
                            num_rows: number;
                            fields_data: Message[];
                        };
                        expect(message.num_rows).to.equal(end - from);
                        kinds.forEach((kind, i) => {
                            const values = columnAt(rows.slice(from, end), i);
                            const expected = oracle(inserted(kind, `c${String(i)}`, values, true));
                            expect(message.fields_data[i]).to.deep.equal(expected);
                        });
                    }
                    expect(next).to.equal(rows.length);
                },
            ),
        );
    });
});
