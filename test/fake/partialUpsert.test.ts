import { expect } from "chai";

import { addField } from "../../provider/milvus/collection/alterSchema";
import type { MilvusClient } from "../../provider/milvus/transport/client";
import { Field } from "../../provider/inputs/schema/field";
import type { FieldArguments } from "../support/data/field";
import { toFieldData } from "../support/data/fieldData";
import { readRows } from "../support/data/reader";
import type { Value } from "../support/data/values";
import { both, create, insert, open, ref, serve } from "./open";
import { failure, outcome } from "./failure";

const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 16 };
const lang: FieldArguments = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
const id = both([])[0]!;

/** An upsert of the key and some columns. */
function upsert(client: MilvusClient, fields: FieldArguments[], values: Record<string, Value[]>, more = {}) {
    const num_rows = values.id!.length;
    const fields_data = [id, ...fields].map((field) => toFieldData(field, values[field.name]!));
    return client.call("Upsert", {
        collection_name: "docs",
        num_rows,
        fields_data,
        partial_update: true,
        ...more,
    });
}

async function staged(version: string, fields: FieldArguments[], args = {}, options = {}) {
    const { fake, client } = await open(version, options);
    await create(client, "docs", { fields, ...args });
    await serve(client, "docs");
    return { fake, client };
}

describe("the fake server: a partial upsert", () => {
    it("keeps the values of columns that are not sent, and gives rows a new timestamp", async () => {
        const { fake, client } = await staged("2.6.18", both([text, lang]));
        await insert(
            client,
            "docs",
            { fields: both([text, lang]) },
            { id: ["1"], text: ["one"], lang: [null] },
        );
        const [was] = fake.collections()[0]!.rows;
        await upsert(client, [lang], { id: ["1"], lang: ["en"] });
        const now = fake.collections()[0]!.rows.at(-1)!;
        expect(now.written > was!.written).to.equal(true);
        expect(was!.deleted).to.equal(now.written);
        const read = await readRows({ client, collection: "docs", fields: both([text, lang]) });
        expect([read.column("text"), read.column("lang"), read.column("vector")]).to.deep.equal([
            ["one"],
            ["en"],
            ["0000003f000080bf"],
        ]);
    });

    it("is a whole upsert before 2.6.2, which lacks the other columns", async () => {
        const { client } = await staged("2.6.1", both([text, lang]));
        await insert(
            client,
            "docs",
            { fields: both([text, lang]) },
            { id: ["1"], text: ["one"], lang: [null] },
        );
        expect((await failure(upsert(client, [lang], { id: ["1"], lang: ["en"] }))).message).to.include(
            "has no corresponding fieldData pass in",
        );
    });

    it("finds rows in the partition of the request alone, and needs all required columns of the others", async () => {
        const { client } = await staged("2.6.18", both([lang]));
        await client.call("CreatePartition", { collection_name: "docs", partition_name: "y2024" });
        const fields = both([lang]);
        await insert(client, "docs", { fields, partition: "y2024" }, { id: ["1"], lang: [null] });
        const one = { id: ["1"], lang: ["en"] };
        expect(await outcome(upsert(client, [lang], one))).to.equal("1100 invalid");
        await upsert(client, [lang], one, { partition_name: "y2024" });
    });

    it("inserts a row that is not there where no other column is required", async () => {
        const loose: FieldArguments[] = [id, { ...both([])[1]!, nullable: true }, lang];
        const { fake, client } = await staged("2.6.18", loose);
        await upsert(client, [lang], { id: ["1"], lang: ["en"] });
        expect(fake.collections()[0]!.rows).to.have.length(1);
    });

    it("rounds the numbers of the dynamic field, and makes NULL a zero in a field with a default", async () => {
        const price: FieldArguments = { name: "price", dataType: "Int64", nullable: true, defaultValue: "7" };
        const { fake, client } = await staged("2.6.5", both([lang]), { enableDynamicField: true });
        const meta = Buffer.from('{"n":9007199254740993}');
        await insert(
            client,
            "docs",
            { fields: both([lang]), enableDynamicField: true },
            { id: ["1"], lang: [null], $meta: [meta] },
        );
        // Before 2.6.6 an added field is NULL in older rows in spite of its default.
        await addField(client, ref("docs"), Field.parse(price));
        await upsert(client, [lang], { id: ["1"], lang: ["en"] });
        const { schema, rows } = fake.collections()[0]!;
        const cell = (name: string) =>
            rows.at(-1)!.cells.get(schema.fields.find((field) => field.name === name)!.fieldID);
        expect(String(cell("$meta"))).to.equal('{"n":9007199254740992}');
        expect(cell("price")).to.not.equal(null);
    });

    it("is refused while the collection is not loaded, and where the rows are too large for a result", async () => {
        const { client } = await staged("2.6.18", both([text, lang]), {}, { mostBytes: 60 });
        const fields = both([text, lang]);
        const two = { id: ["1", "2"], text: ["one", "two"], lang: [null, null] };
        await insert(client, "docs", { fields }, two);
        const wanted = { id: ["1", "2"], lang: ["en", "en"] };
        expect((await failure(upsert(client, [lang], wanted))).message).to.include(
            "exceeds the byte-size limit",
        );
        await client.call("ReleaseCollection", { collection_name: "docs" });
        expect(await outcome(upsert(client, [lang], wanted))).to.equal("101 not-loaded");
    });

    it("is refused with the same key twice", async () => {
        const { client } = await staged("2.6.18", both([lang]));
        await insert(client, "docs", { fields: both([lang]) }, { id: ["1"], lang: [null] });
        expect(await outcome(upsert(client, [lang], { id: ["1", "1"], lang: ["a", "b"] }))).to.equal(
            "1100 invalid",
        );
    });
});
