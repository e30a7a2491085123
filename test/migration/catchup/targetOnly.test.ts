import { expect } from "chai";

import { RowWriter, type RowWriterOptions } from "../../../provider/migration/catchup/rowWriter";
import { targetOnlyColumns } from "../../../provider/migration/read/wireColumns";
import { capabilities } from "../../../provider/observe/capabilities";
import { Field } from "../../../provider/inputs/schema/field";
import type { RowMapping } from "../../../provider/plan/mapping/mapping";
import { readPage } from "../../../provider/wire";
import { toFieldData } from "../../support/data/fieldData";
import { answer } from "../../wire/support";
import { create, insert, open, ref, serve, type Opened } from "../../fake/open";
import type { FieldArguments } from "../../support/data/field";

/** The retained collection has a field that the migration dropped: `note`. */
const fields: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 2 },
    { name: "n", dataType: "Int64" },
    { name: "note", dataType: "VarChar", maxLength: 64 },
];

const mapping = {
    columns: [],
    dropped: [],
    dynamic: "none",
    key: { from: "id", to: "id", dataType: "Int64", regenerate: false },
    targetOnly: {
        columns: [{ to: Field.parse(fields[3]), source: { kind: "constant", value: "begun" } }],
        dynamic: false,
    },
} as unknown as RowMapping;

describe("rows of a collection that has columns of its own", () => {
    let opened: Opened;
    beforeEach(async () => {
        opened = await open("2.6.18", { pending: 0 });
        await create(opened.client, "docs", { fields });
        await serve(opened.client, "docs", fields);
    });

    const stored = () => {
        const { rows, schema } = opened.fake.collections().find(({ name }) => name === "docs")!;
        const id = (name: string) => schema.fields.find((field) => field.name === name)!.fieldID;
        return rows
            .filter(({ deleted }) => !deleted)
            .map((row) => ["id", "n", "note"].map((name) => row.cells.get(id(name))))
            .sort(([a], [b]) => Number(a) - Number(b));
    };

    async function writer(more: Partial<RowWriterOptions> = {}): Promise<RowWriter> {
        const { client } = opened;
        const endpoint = { client, capabilities: await capabilities(client), ref: ref("docs") };
        return new RowWriter(endpoint, {
            key: "id",
            autoId: false,
            batchBytes: 1 << 20,
            lineBreaks: "letter",
            targetOnly: targetOnlyColumns(mapping),
            ...more,
        });
    }

    const columns = (keys: readonly bigint[], n: number) =>
        readPage(
            answer(
                toFieldData(Field.parse(fields[0]), keys.map(String)),
                toFieldData(
                    Field.parse(fields[1]),
                    keys.map(() => [0.5, 1]),
                ),
                toFieldData(
                    Field.parse(fields[2]),
                    keys.map(() => String(n)),
                ),
            ),
        ).columns;

    it("keep their values where the key exists, and begin with the default where it is new", async () => {
        await insert(
            opened.client,
            "docs",
            { fields },
            { id: ["1", "2"], n: ["1", "1"], note: ["one", "two"] },
        );
        const keys = [2n, 3n];
        await (await writer()).put(columns(keys, 7), keys, undefined);
        expect(stored()).to.deep.equal([
            ["1", "1", "one"],
            ["2", "7", "two"],
            ["3", "7", "begun"],
        ]);
    });

    it("are looked for in all partitions, and a key that is stored twice is written once", async () => {
        await opened.client.call("CreatePartition", { collection_name: "docs", partition_name: "p" });
        const row = (note: string) => ({ id: ["1"], n: ["1"], note: [note] });
        await insert(opened.client, "docs", { fields, partition: "p" }, row("in p"));
        await (await writer()).put(columns([1n], 7), [1n], "p");
        expect(stored()).to.deep.equal([["1", "7", "in p"]]);
    });

    it("are none without rows, and ask before each write", async () => {
        let asked = 0;
        const asking = await writer({ confirm: () => Promise.resolve(asked++).then(() => undefined) });
        await asking.put([], [], undefined);
        expect(asked).to.equal(0);
        await asking.put(columns([1n], 1), [1n], undefined);
        await asking.remove([1n], undefined);
        expect(asked).to.equal(2);
        expect(stored()).to.deep.equal([]);
    });

    it("are deleted in parts of as many keys as one call names", async () => {
        const keys = Array.from({ length: 4097 }, (_, at) => BigInt(at));
        await insert(opened.client, "docs", { fields }, { id: ["0", "4096"], n: ["1", "1"], note: ["", ""] });
        let asked = 0;
        await (
            await writer({ confirm: () => Promise.resolve(asked++).then(() => undefined) })
        ).remove(keys, undefined);
        expect(asked).to.equal(2);
        expect(stored()).to.deep.equal([]);
    });

    it("are deleted first where the server would generate another key for them", async () => {
        expect((await writer({ autoId: true })).deletesFirst).to.equal(true);
        expect((await writer()).deletesFirst).to.equal(false);
        expect((await writer({ isDynamic: true })).deletesFirst, "this server replaces rows").to.equal(false);
        const replacing = await writer({ autoId: true });
        await insert(opened.client, "docs", { fields }, { id: ["1"], n: ["1"], note: ["one"] });
        await replacing.put(columns([1n, 2n], 5), [1n, 2n], undefined);
        expect(stored()).to.deep.equal([
            ["1", "5", "one"],
            ["2", "5", "begun"],
        ]);
    });
});
