import { expect } from "chai";

import type { MilvusClient } from "../../provider/milvus/transport/client";
import { setProperties } from "../../provider/milvus/collection/collections";
import { nextPage } from "../../provider/milvus/rows/pages";
import type { Message } from "../../provider/milvus/transport/protocol";
import { countRows } from "../../provider/milvus/rows/rows";
import { keyAt, keysOf, columnOf, type KeyRange } from "../../provider/wire";
import { expectStored } from "../support/data/carried";
import type { FieldArguments } from "../support/data/field";
import { toCells, toFieldData } from "../support/data/fieldData";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys, textKeys } from "../support/data/rows";
import { columnsOf } from "../support/data/exampleCollection";
import { both, create, insert, open, ref, serve, smallest } from "./open";
import { failure, outcome } from "./failure";

const docs = ref("docs");

/** A field of each type in the test data. */
const all: FieldArguments[] = both([
    { name: "bool", dataType: "Bool" },
    { name: "int8", dataType: "Int8" },
    { name: "int16", dataType: "Int16" },
    { name: "int32", dataType: "Int32" },
    { name: "float", dataType: "Float" },
    { name: "double", dataType: "Double" },
    { name: "text", dataType: "VarChar", maxLength: 64 },
    { name: "json", dataType: "JSON" },
    { name: "numbers", dataType: "Array", elementType: "Int64", maxCapacity: 4 },
    { name: "words", dataType: "Array", elementType: "VarChar", maxCapacity: 4, maxLength: 64 },
    { name: "half", dataType: "Float16Vector", dim: 4 },
    { name: "binary", dataType: "BinaryVector", dim: 16 },
    { name: "sparse", dataType: "SparseFloatVector" },
    { name: "place", dataType: "Geometry" },
    { name: "at", dataType: "Timestamptz" },
]);

describe("the fake server: reads return what was inserted", () => {
    it("with a field of each type, nullable or not, and the dynamic field", async () => {
        const { client } = await open("2.6.18");
        const nullable = all.map((field) =>
            field.name === "id" || field.name === "vector" ? field : { ...field, nullable: true },
        );
        for (const [name, fields] of Object.entries({ plain: all, nullable })) {
            const args = { fields, enableDynamicField: true };
            await create(client, name, args);
            await serve(client, name, fields);
            const rows = { client, collection: name, fields: columnsOf(args) };
            const sent = await insertRows({ ...rows, keys: int64Keys(300), batch: 70 });
            expectStored(sent.sorted(), await readRows(rows), []);
        }
    });

    it("with text keys, in the order of their bytes", async () => {
        const { client } = await open("2.6.18");
        const fields = smallest.map((field) =>
            field.isPrimaryKey ? { ...field, dataType: "VarChar" as const, maxLength: 64 } : field,
        );
        await create(client, "docs", { fields });
        await serve(client, "docs");
        const rows = { client, collection: "docs", fields };
        const sent = await insertRows({ ...rows, keys: textKeys(200) });
        expectStored(sent.sorted(), await readRows({ ...rows, pageRows: 30 }), []);
    });
});

describe("the fake server: requirements on an insert", () => {
    const nullable: FieldArguments = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
    const filled: FieldArguments = { name: "stars", dataType: "Int32", defaultValue: 3 };
    const fields = both([nullable, filled]);

    async function sendColumn(client: MilvusClient, column: object): Promise<void> {
        const known = toFieldData(smallest[0]!, ["1", "2"]);
        const vector = toFieldData(smallest[1]!, [
            [1, 2],
            [3, 4],
        ]);
        await client.call("Insert", {
            collection_name: "docs",
            num_rows: 2,
            fields_data: [known, vector, column],
        });
    }
    const strings = (data: string[], valid_data?: boolean[]) => ({
        type: "VarChar",
        field_name: "lang",
        scalars: { string_data: { data } },
        valid_data,
    });
    const numbers = (data: number[], valid_data?: boolean[]) => ({
        type: "Int32",
        field_name: "stars",
        scalars: { int_data: { data } },
        valid_data,
    });

    it("requires only the valid values of a nullable column, and a flag for every row", async () => {
        const { client } = await open("2.5.16");
        await create(client, "docs", { fields });
        await sendColumn(client, strings(["en"], [false, true]));
        const dense = await failure(sendColumn(client, strings(["", "en"], [false, true])));
        expect(dense.message).to.include("the length of field is wrong");
        const bare = await failure(sendColumn(client, strings(["en", "de"])));
        expect(bare.message).to.include("the length of valid_data of field(lang) is wrong");
    });

    it("requires flags for a field with a default, and replaces NULL with the default", async () => {
        const { client } = await open("2.5.16");
        const optional = both([nullable, { ...filled, nullable: true }]);
        await create(client, "docs", { fields: optional });
        await serve(client, "docs");
        expect((await failure(sendColumn(client, numbers([1, 2])))).message).to.include("valid_data");
        await sendColumn(client, numbers([5], [true, false]));
        const rows = await readRows({ client, collection: "docs", fields: optional });
        expect(rows.column("stars")).to.deep.equal(["5", "3"]);
        expect(rows.column("lang")).to.deep.equal(["NULL", "NULL"]);
    });

    it("returns a slot for every row of a nullable scalar, and none for the NULLs of a vector", async () => {
        const { client } = await open("2.6.18");
        const image: FieldArguments = { name: "image", dataType: "FloatVector", dim: 2, nullable: true };
        const optional = both([nullable, image]);
        await create(client, "docs", { fields: optional });
        await serve(client, "docs", optional);
        await insert(
            client,
            "docs",
            { fields: optional },
            { id: ["1", "2"], lang: [null, "en"], image: [null, [1, 2]] },
        );
        const answer = await client.call("Query", {
            collection_name: "docs",
            expr: "id > 0",
            output_fields: ["lang", "image"],
        });
        const [lang, vector] = answer.fields_data as Record<string, Record<string, { data: unknown[] }>>[];
        expect([lang!.scalars!.string_data!.data, lang!.valid_data]).to.deep.equal([
            ["", "en"],
            [false, true],
        ]);
        expect([vector!.vectors!.float_vector!.data, vector!.valid_data]).to.deep.equal([
            [1, 2],
            [false, true],
        ]);
    });

    it("supports no NULL before 2.5", async () => {
        const { client } = await open("2.4.15");
        await create(client, "docs", { fields });
        expect(await outcome(sendColumn(client, strings(["en"], [false, true])))).to.equal("1100 invalid");
    });

    it("requires a value for every field, and that it fits the field", async () => {
        const { client } = await open("2.6.18");
        const narrow = both([
            { name: "small", dataType: "Int8" },
            { name: "text", dataType: "VarChar", maxLength: 4 },
            { name: "score", dataType: "Float" },
            { name: "tags", dataType: "Array", elementType: "Int64", maxCapacity: 1 },
        ]);
        const right = { id: ["1"], small: [1], text: ["four"], score: [1], tags: [["1"]] };
        await create(client, "docs", { fields: narrow, enableDynamicField: true });
        const args = { fields: narrow, enableDynamicField: true };
        await insert(client, "docs", args, right);
        const wrong: Record<string, object> = {
            small: { small: [128] },
            text: { text: ["fünf"] },
            score: { score: [NaN] },
            tags: { tags: [["1", "2"]] },
            vector: { vector: [[1]] },
            dynamic: { $meta: [Buffer.from("[1]")] },
            missing: { text: undefined },
        };
        for (const [what, values] of Object.entries(wrong)) {
            const call = insert(client, "docs", args, { ...right, ...values });
            expect(await outcome(call), what).to.equal("1100 invalid");
        }
    });

    it("requires the element list of an empty array", async () => {
        const { client } = await open("2.6.18");
        const tags: FieldArguments = {
            name: "tags",
            dataType: "Array",
            elementType: "Int64",
            maxCapacity: 4,
        };
        await create(client, "docs", { fields: both([tags]) });
        const column = {
            type: "Array",
            field_name: "tags",
            scalars: { array_data: { element_type: "Int64", data: [{}, {}] } },
        };
        expect((await failure(sendColumn(client, column))).message).to.include("has no long_data");
    });

    it("accepts explicit keys for an autoID collection that allows it, since 2.6.3", async () => {
        for (const [version, allowed] of [
            ["2.6.2", "1100 invalid"],
            ["2.6.3", "ok"],
        ] as const) {
            const { client } = await open(version);
            const auto = [{ ...smallest[0]!, autoId: true }, smallest[1]!];
            await create(client, "docs", { fields: auto });
            await insert(client, "docs", { fields: auto }, { vector: [[1, 2]] });
            const keys = (id: string) => insert(client, "docs", { fields: smallest }, { id: [id] });
            expect(await outcome(keys("7")), version).to.equal("1100 invalid");
            await setProperties(client, docs, { allow_insert_auto_id: "true" });
            expect(await outcome(keys("7")), version).to.equal(allowed);
        }
    });
});

describe("the fake server: results of a query", () => {
    async function keys(
        client: MilvusClient,
        range: KeyRange,
        limit: number,
        collectionId?: string,
    ): Promise<string[]> {
        const source = {
            client,
            ref: docs,
            collectionId,
            fields: ["id"],
            key: "id",
            partition: undefined,
            lineBreaks: "letter" as const,
            readPoint: { consistency_level: "Strong" },
        };
        const page = await nextPage(source, range, limit);
        const found = page.rows === 0 ? undefined : keysOf(columnOf(page, "id"));
        return Array.from({ length: page.rows }, (_, row) => String(keyAt(found!, row)));
    }

    it("returns pages in key order with each key once, and counts all versions of a key", async () => {
        const { client } = await open("2.6.18");
        await create(client, "docs");
        await serve(client, "docs");
        await insert(client, "docs", { fields: smallest }, { id: ["9", "-5", "10", "9", "2"] });
        expect(await keys(client, {}, 3)).to.deep.equal(["-5", "2", "9"]);
        expect(await keys(client, { after: 9n }, 3)).to.deep.equal(["10"]);
        expect(await keys(client, { after: -5n, upTo: 9n }, 3)).to.deep.equal(["2", "9"]);
        expect(await keys(client, { after: 10n }, 3)).to.deep.equal([]);
        expect(await countRows(client, docs)).to.equal(5);
    });

    it("returns at most 16,384 rows and 64 MB per page", async () => {
        const { client } = await open("2.6.18", { messageBytes: 20_000 });
        await create(client, "docs");
        await serve(client, "docs");
        const query = (limit: string) =>
            client.call("Query", {
                collection_name: "docs",
                output_fields: ["id"],
                query_params: [{ key: "limit", value: limit }],
            });
        expect(await outcome(query("16385"))).to.equal("65535 too-large");
        expect(await outcome(query("16384"))).to.equal("ok");
        for (let from = 0; from < 4_500; from += 500) {
            const id = Array.from({ length: 500 }, (_, row) => String(2n ** 40n + BigInt(from + row)));
            await insert(client, "docs", { fields: smallest }, { id });
        }
        // The client halves the number of rows until they fit.
        const page = await keys(client, {}, 16_384);
        expect(page.length).to.equal(2_048);
    });

    it("omits rows written after the timestamp of the query", async () => {
        const { client } = await open("2.6.18");
        await create(client, "docs");
        await serve(client, "docs");
        await insert(client, "docs", { fields: smallest }, { id: ["1"] });
        const { timestamp } = await client.call("AllocTimestamp", {});
        await insert(client, "docs", { fields: smallest }, { id: ["2"] });
        const answer = await client.call("Query", {
            collection_name: "docs",
            expr: "id > 0",
            output_fields: ["id"],
            consistency_level: "Customized",
            guarantee_timestamp: timestamp,
        });
        const [ids] = answer.fields_data as Message[];
        expect(toCells(ids!)).to.deep.equal(["1"]);
        expect(await countRows(client, docs)).to.equal(2);
    });

    it("never mixes two collections when an alias moves", async () => {
        const { fake, client } = await open("2.6.18");
        await create(client, "docs");
        await serve(client, "docs");
        expect(await outcome(keys(client, {}, 3, fake.collections()[0]!.id))).to.equal("ok");
        expect(await outcome(keys(client, {}, 3, "1"))).to.equal("1100 invalid");
    });

    it("filters as Milvus does, and rejects unknown syntax", async () => {
        const { client } = await open("2.6.18");
        const args = {
            fields: both([
                { name: "lang", dataType: "VarChar", maxLength: 16, nullable: true },
                { name: "score", dataType: "Double" },
                { name: "tags", dataType: "Array", elementType: "Int64", maxCapacity: 4 },
                { name: "meta", dataType: "JSON" },
            ]),
            enableDynamicField: true,
        };
        await create(client, "docs", args);
        await serve(client, "docs");
        await insert(client, "docs", args, {
            id: ["-9223372036854775807", "2", "3"],
            lang: [null, "en", 'a "b" \\ c'],
            score: [-1.5, 0, 2],
            tags: [[], ["1", "2"], ["7"]],
            meta: ["{}", '{"page":{"no":4}}', '{"page":{"no":5}}'].map((json) => Buffer.from(json)),
            $meta: ["{}", '{"user":"ann"}', '{"user":"bob"}'].map((json) => Buffer.from(json)),
        });
        const expected: Record<string, number> = {
            "id > -9223372036854775807": 2,
            "id >= -9223372036854775807 and id < 3": 2,
            "id in [2, 3, 4]": 2,
            "id not in [2]": 2,
            "lang is null": 1,
            "lang IS NOT NULL": 2,
            'lang == "en" || lang is null': 2,
            'lang > "a" && lang <= "en"': 2,
            'lang == "a \\"b\\" \\\\ c"': 1,
            'lang like "e%"': 1,
            'lang like "__"': 1,
            "not (score < 0)": 2,
            "score + 1 == 1": 1,
            "array_length(tags) > 1": 1,
            'meta["page"]["no"] == 4': 1,
            'meta["page"]["no"] is null': 1,
            'user == "ann"': 1,
            '$meta["user"] == "bob"': 1,
            // An unknown value makes a comparison neither true nor false.
            'not (lang == "en")': 1,
        };
        const found: Record<string, number> = {};
        for (const filter of Object.keys(expected)) found[filter] = await countRows(client, docs, filter);
        expect(found).to.deep.equal(expected);
        for (const filter of ["id >", "char_length(lang) > 3", "id ~ 3", "(id > 1", 'lang == "open'])
            expect(await outcome(countRows(client, docs, filter)), filter).to.equal("1100 invalid");
    });
});

describe("the fake server: rows that a release refuses", () => {
    it("refuses the same key twice in one upsert since 2.6.8", async () => {
        const upsert = async (version: string, ids: string[]) => {
            const { client } = await open(version);
            await create(client, "docs");
            const fields_data = columnsOf({ fields: smallest }).map((field) =>
                toFieldData(field, field.name === "id" ? ids : ids.map(() => [0.5, -1])),
            );
            const request = { collection_name: "docs", num_rows: ids.length, fields_data };
            return outcome(client.call("Upsert", request));
        };
        expect(await upsert("2.6.7", ["1", "1"])).to.equal(await upsert("2.6.8", ["1", "2"]));
        expect(await upsert("2.6.8", ["1", "1"])).to.equal("1100 invalid");
    });

    it("refuses a dynamic key with the name of a field since 2.4.18", async () => {
        const put = async (version: string) => {
            const { client } = await open(version);
            await create(client, "docs", { enableDynamicField: true });
            const rows = { id: ["1"], $meta: [Buffer.from('{"id":2}')] };
            return outcome(insert(client, "docs", { fields: smallest, enableDynamicField: true }, rows));
        };
        expect(await put("2.4.18")).to.equal("65535 rejected");
        expect(await put("2.4.17")).not.to.equal("65535 rejected");
    });

    it("makes 64 partitions for a partition key before 2.4.3, and 16 since", async () => {
        const made = async (version: string) => {
            const { client } = await open(version);
            const key = { name: "tenant", dataType: "Int64", isPartitionKey: true } as const;
            await create(client, "docs", { fields: both([key]) });
            return (await client.call("ShowPartitions", { collection_name: "docs" })).partition_names;
        };
        expect(await made("2.4.2")).to.have.length(64);
        expect(await made("2.4.3")).to.have.length(16);
    });
});
