import { expect } from "chai";

import { MilvusClient } from "../../../provider/milvus/transport/client";
import {
    type CollectionRef,
    createCollection,
    dropCollection,
} from "../../../provider/milvus/collection/collections";
import { createIndex } from "../../../provider/milvus/collection/indexes";
import { sendInsert } from "../../../provider/milvus/rows/inserts";
import { loadCollection } from "../../../provider/milvus/collection/loading";
import { nextPage } from "../../../provider/milvus/rows/pages";
import { readPoint } from "../../../provider/milvus/rows/readPoint";
import {
    columnOf,
    compareColumns,
    compileColumns,
    hashRows,
    insertRequests,
    type Page,
    sameRow,
    type WireColumn,
} from "../../../provider/wire";
import { decodeColumn } from "../../../provider/wire/cell/decode";
import { Connection } from "../../../provider/inputs/schema/connection";
import { Field } from "../../../provider/inputs/schema/field";
import { type FieldArguments } from "../../support/data/field";
import { toFieldData } from "../../support/data/fieldData";
import type { Value } from "../../support/data/values";
import { onServers } from "../../support/servers/onServers";

const id: FieldArguments = { name: "id", dataType: "Int64", isPrimaryKey: true };
const vector: FieldArguments = { name: "vector", dataType: "FloatVector", dim: 2 };
const meta: FieldArguments = { name: "$meta", dataType: "JSON" };

/** A field of the source with its rows, and the target field for them. */
interface Scenario {
    from: [FieldArguments, Value[]][];
    to: FieldArguments[];
    columns: WireColumn[];
    /** The expected values of the target; JSON by its meaning. */
    expected: Record<string, unknown[]>;
}

const carried = (field: FieldArguments): WireColumn => ({
    ...plain(field),
    source: { kind: "carry", from: field.name },
});
const converted = (
    field: FieldArguments,
    type: { dataType: string; dim?: number },
    lossy = false,
): WireColumn => ({
    ...plain(field),
    source: { kind: "convert", from: field.name, type, lossy },
});
const extracted = (field: FieldArguments, from: string, key: string): WireColumn => ({
    ...plain(field),
    source: { kind: "extract", from, path: [key], missing: field.dataType === "VarChar" ? "none" : 0 },
});
const plain = ({ name, dataType, dim, elementType }: FieldArguments) => ({
    name,
    dataType,
    ...(dim !== undefined && { dim }),
    ...(elementType !== undefined && { elementType }),
    nullable: false,
    hasDefault: false,
});

const vectors: Value[] = [
    [1, 2],
    [3, 4],
];
const scalars: Scenario = {
    from: [
        [id, ["1", "2"]],
        [vector, vectors],
        [{ name: "rank", dataType: "Int32" }, [-(2 ** 31), 7]],
        [{ name: "price", dataType: "Double" }, [0.1, -1e300]],
        [{ name: "code", dataType: "VarChar", maxLength: 9 }, ["12", "-7"]],
        [{ name: "text", dataType: "VarChar", maxLength: 99 }, ['{"b": 1.0, "a": [1, "é"]}', "{}"]],
        [{ name: "stock", dataType: "Int64" }, ["9223372036854775807", "3"]],
        [{ name: "info", dataType: "JSON" }, [Buffer.from('{"page":9007199254740993}'), Buffer.from("{}")]],
        [meta, [Buffer.from('{"z":1,"lang":"en","a":{"b":2.50}}'), Buffer.from('{"lang":"de"}')]],
    ],
    to: [
        id,
        vector,
        { name: "rank", dataType: "Int64" },
        { name: "price", dataType: "VarChar", maxLength: 25 },
        { name: "code", dataType: "Int32" },
        { name: "text", dataType: "JSON" },
        { name: "lang", dataType: "VarChar", maxLength: 8 },
        { name: "page", dataType: "Int64" },
    ],
    columns: [
        carried(id),
        carried(vector),
        converted({ name: "rank", dataType: "Int64" }, { dataType: "Int32" }),
        converted({ name: "price", dataType: "VarChar" }, { dataType: "Double" }),
        converted({ name: "code", dataType: "Int32" }, { dataType: "VarChar" }),
        converted({ name: "text", dataType: "JSON" }, { dataType: "VarChar" }),
        extracted({ name: "lang", dataType: "VarChar" }, "$meta", "lang"),
        extracted({ name: "page", dataType: "Int64" }, "info", "page"),
        {
            ...plain(meta),
            isDynamic: true,
            source: {
                kind: "keys",
                from: "$meta",
                remove: ["lang"],
                add: [{ key: "stock", from: "stock", type: { dataType: "Int64" } }],
            },
        },
    ],
    expected: {
        rank: [-(2n ** 31n), 7n],
        price: ["0.1", "-1e+300"],
        code: [12, -7],
        lang: ["en", "de"],
        page: [9007199254740993n, 0n],
    },
};

const half: FieldArguments = { name: "h", dataType: "Float16Vector", dim: 2 };
const halves: Scenario = {
    from: [
        [id, ["1", "2"]],
        [vector, vectors],
        [
            { name: "h", dataType: "FloatVector", dim: 2 },
            [
                [0.1, -65504],
                [1 / 3, 0],
            ],
        ],
    ],
    to: [id, vector, half],
    columns: [carried(id), carried(vector), converted(half, { dataType: "FloatVector", dim: 2 }, true)],
    expected: { h: ["662efffb", "55350000"] },
};

onServers("rows converted by the copy", {}, (server) => {
    let client: MilvusClient;
    const names: string[] = [];
    const ref = (name: string): CollectionRef => ({ database: undefined, name });

    before(async () => {
        client = await MilvusClient.connect(
            Connection.parse({ address: server().address, token: server().token }),
        );
    });
    after(async () => {
        for (const name of names) await dropCollection(client, ref(name));
        client?.close();
    });

    it("hold the converted values in the target", () => run(scalars));

    it("hold rounded vectors in a target of half the bytes", async function () {
        if (!server().features.has("halfVectors")) this.skip();
        await run(halves);
    });

    async function run(scenario: Scenario): Promise<void> {
        const source = await collection(scenario.from.map(([field]) => field));
        const target = await collection(
            scenario.to,
            scenario.from.some(([field]) => field === meta),
        );
        const request = {
            collection_name: source.name,
            num_rows: 2,
            fields_data: scenario.from.map(([field, values]) => toFieldData(field, values)),
        };
        await client.call("Insert", request);
        const page = await read(
            source,
            scenario.from.map(([field]) => field.name),
        );
        const made = compileColumns(scenario.columns)(page);
        const to = { dbName: "default", collectionName: target.name };
        for (const batch of insertRequests(to, made, page.rows, 1 << 20))
            await sendInsert(client, target.name, batch.request, batch.to - batch.from);

        const stored = await read(
            target,
            scenario.columns.map(({ name }) => name),
        );
        expect(stored.rows).to.equal(2);
        for (const column of made)
            expect(compareColumns(column, columnOf(stored, column.name), 2), column.name).to.deep.equal([]);
        const hashes = [hashRows(made, 2), hashRows(stored.columns, 2)] as const;
        expect([0, 1].every((row) => sameRow(hashes[0], row, hashes[1], row))).to.equal(true);
        for (const [name, values] of Object.entries(scenario.expected)) {
            const value = decodeColumn(columnOf(stored, name), 2);
            const shown = [0, 1].map((row) => {
                const one = value(row);
                return one instanceof Uint8Array ? Buffer.from(one).toString("hex") : one;
            });
            expect(shown, name).to.deep.equal(values);
        }
        if (scenario !== scalars) return;
        const json = decodeColumn(columnOf(stored, "$meta"), 2);
        const texts = [0, 1].map((row) => Buffer.from(json(row) as Uint8Array).toString());
        expect(texts[0]).to.match(/"stock": ?9223372036854775807/);
        expect(JSON.parse(texts[1]!)).to.deep.equal({ stock: 3 });
    }

    async function collection(
        fields: FieldArguments[],
        dynamic = fields.includes(meta),
    ): Promise<CollectionRef> {
        const one = ref(`convert_${process.pid}_${names.length}`);
        const schema = {
            description: "",
            fields: fields.filter((field) => field !== meta).map((field) => Field.parse(field)),
            functions: [],
            enableDynamicField: dynamic,
            shardsNum: 1,
            consistencyLevel: "Strong" as const,
            numPartitions: undefined,
        };
        await createCollection(client, one, schema, {});
        names.push(one.name);
        for (const { name } of fields.filter(({ dataType }) => dataType.endsWith("Vector")))
            await createIndex(client, one, {
                field: name,
                name,
                indexType: "FLAT",
                metricType: "L2",
                params: {},
            });
        await loadCollection(client, one, { replicas: 1, resourceGroups: [] });
        return one;
    }

    async function read(from: CollectionRef, fields: string[]): Promise<Page> {
        const point = await readPoint(client);
        const source = { client, ref: from, collectionId: undefined, key: "id", partition: undefined };
        return nextPage({ ...source, fields, lineBreaks: "letter", readPoint: point }, {}, 10);
    }
});
