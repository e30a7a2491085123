import { expect } from "chai";

import { capabilities } from "../../../provider/observe/capabilities";
import { readPage } from "../../../provider/wire";
import type { RowMapping } from "../../../provider/plan/mapping/mapping";
import { Field } from "../../../provider/inputs/schema/field";
import { targetOnlyColumns } from "../../../provider/migration/read/wireColumns";
import { RowWriter } from "../../../provider/migration/catchup/rowWriter";
import { both, create, insert, open, ref, serve, smallest } from "../../fake/open";
import { answer } from "../../wire/support";
import { dynamicField, type FieldArguments } from "../../support/data/field";
import { toFieldData } from "../../support/data/fieldData";
import { readRows } from "../../support/data/reader";

const tag: FieldArguments = { name: "tag", dataType: "VarChar", maxLength: 16 };
const note: FieldArguments = { name: "note", dataType: "VarChar", maxLength: 16, nullable: true };
const args = { fields: both([tag, note]), enableDynamicField: true };

/** The incoming rows have the key and the vector. */
const kept: RowMapping["targetOnly"] = {
    columns: [
        { to: Field.parse(tag), source: { kind: "constant", value: "new" } },
        { to: Field.parse(note), source: { kind: "null" } },
    ],
    dynamic: true,
};
const key = { from: "id", to: "id", dataType: "Int64", regenerate: false } as const;
const mapping: RowMapping = { columns: [], dropped: [], dynamic: "none", key, targetOnly: kept };

describe("target-only columns", () => {
    for (const autoId of [false, true])
        it(`keep their values in existing rows and get initial ones in new rows${autoId ? ", if the server generates the keys" : ""}`, async () => {
            const { client } = await open("2.6.18");
            await create(client, "docs", args);
            await serve(client, "docs", args.fields);
            await insert(client, "docs", args, {
                id: ["1", "2", "3"],
                tag: ["a", "b", "c"],
                note: ["x", null, "z"],
                $meta: [{ n: 1 }, { n: 2 }, { n: 3 }].map((value) => Buffer.from(JSON.stringify(value))),
            });
            const writer = new RowWriter(
                { client, capabilities: await capabilities(client), ref: ref("docs") },
                {
                    key: "id",
                    autoId,
                    batchBytes: 1 << 20,
                    lineBreaks: "letter",
                    targetOnly: targetOnlyColumns(mapping),
                },
            );
            const [id, vector] = smallest as [FieldArguments, FieldArguments];
            const ids = ["9", "2", "1"];
            const columns = readPage(
                answer(
                    toFieldData(id, ids),
                    toFieldData(
                        vector,
                        ids.map((own) => [Number(own), 0]),
                    ),
                ),
            ).columns;
            await writer.put(columns, ids.map(BigInt), undefined);

            const fields = [...args.fields, dynamicField];
            const rows = await readRows({ client, collection: "docs", fields });
            const values = rows.keys.map((own, row) => [
                own,
                ...["tag", "note", "$meta"].map((name) => rows.column(name)[row]),
            ]);
            expect(values).to.deep.equal([
                ["1", "a", "x", '{"n":1}'],
                ["2", "b", "NULL", '{"n":2}'],
                ["3", "c", "z", '{"n":3}'],
                ["9", "new", "NULL", "{}"],
            ]);
            expect(rows.column("vector").map((cell) => cell.slice(0, 8))).to.deep.equal(
                // The first number of each vector: 1, 2, unchanged, 9.
                ["0000803f", "00000040", "0000003f", "00001041"],
            );
        });
});
