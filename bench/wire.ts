/**
 * Measures the client CPU of copying and verifying rows: `npx tsx bench/wire.ts [pages]`. Prints nanoseconds of CPU per
 * row; the page has 16,384 rows of 128 dimensions, scalars, JSON and a dynamic field.
 */
import { Root } from "protobufjs";

import {
    compareColumns,
    compileColumns,
    hashRows,
    insertRequest,
    keyAt,
    keysOf,
    readPage,
    RowSums,
    type WireColumn,
} from "../provider/wire";

const rows = 16_384;
const pages = Number(process.argv[2] ?? 20);

function page(): Buffer {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the SDK publishes its protos as a plain script
    const json = (require("@zilliz/milvus2-sdk-node/dist/milvus/proto-json/milvus") as { default: object })
        .default;
    const type = Root.fromJSON(json).lookupType("milvus.proto.milvus.QueryResults");
    const list = <T>(make: (row: number) => T) => Array.from({ length: rows }, (_, row) => make(row));
    const scalar = (field_name: string, dataType: string, member: string, data: unknown[], more = {}) => ({
        type: dataType,
        field_name,
        scalars: { [member]: { data } },
        ...more,
    });
    const message = {
        fields_data: [
            scalar(
                "id",
                "Int64",
                "long_data",
                list((row) => String(row * 1_000_003)),
            ),
            scalar(
                "title",
                "VarChar",
                "string_data",
                list((row) => `a title of some words, number ${String(row)}`),
            ),
            scalar(
                "price",
                "Double",
                "double_data",
                list((row) => row / 7),
            ),
            scalar(
                "lang",
                "VarChar",
                "string_data",
                list((row) => (row % 10 ? "en" : "")),
                {
                    valid_data: list((row) => row % 10 !== 0),
                },
            ),
            scalar(
                "meta",
                "JSON",
                "json_data",
                list((row) => Buffer.from(`{"source":"web","rank":${String(row)}}`)),
            ),
            scalar(
                "$meta",
                "JSON",
                "json_data",
                list(() => Buffer.from('{"tag":"x"}')),
                { is_dynamic: true },
            ),
            {
                type: "FloatVector",
                field_name: "vector",
                vectors: {
                    dim: 128,
                    float_vector: {
                        data: list((row) => Math.sin(row)).flatMap((x) => Array<number>(128).fill(x)),
                    },
                },
            },
        ],
    };
    return Buffer.from(type.encode(type.fromObject(message)).finish());
}

function measure(label: string, run: () => unknown): void {
    for (let i = 0; i < 3; i++) run();
    const before = process.cpuUsage();
    for (let i = 0; i < pages; i++) run();
    const { user, system } = process.cpuUsage(before);
    const each = ((user + system) * 1000) / (pages * rows);
    console.log(
        `${label.padEnd(34)} ${each.toFixed(0).padStart(6)} ns/row, ${(each / 1000).toFixed(2)} s per million`,
    );
}

const bytes = page();
const columns = (["id", "title", "price", "lang", "meta", "$meta", "vector"] as const).map(
    (name): WireColumn => ({
        name: name === "title" ? "heading" : name,
        dataType: {
            id: "Int64",
            title: "VarChar",
            price: "Double",
            lang: "VarChar",
            meta: "JSON",
            $meta: "JSON",
            vector: "FloatVector",
        }[name],
        dim: 128,
        nullable: name === "lang",
        hasDefault: false,
        source: { kind: "carry", from: name },
    }),
);
const map = compileColumns([
    ...columns,
    {
        name: "state",
        dataType: "VarChar",
        nullable: false,
        hasDefault: false,
        source: { kind: "constant", value: "new" },
    },
]);
const to = { dbName: "", collectionName: "docs" };
const copy = () => {
    const read = readPage(bytes);
    const keys = keysOf(read.columns[0]!);
    keyAt(keys, keys.count - 1);
    return insertRequest(to, map(read), read.rows);
};
const other = Buffer.from(bytes);

console.log(`a page: ${(bytes.length / 1e6).toFixed(1)} MB`);
measure("read and key", () => keysOf(readPage(bytes).columns[0]!));
measure("read, map and insert request", copy);
measure("hash of each row, once", () => hashRows(map(readPage(bytes)), rows));
measure("hash of the vectors only", () => hashRows(readPage(bytes).columns.slice(6), rows));
const sum = new RowSums();
measure("sum of the hashes", () => sum.add(hashRows(readPage(bytes).columns.slice(0, 1), rows)));
measure("compare two pages, all identical", () => {
    const [a, b] = [readPage(bytes), readPage(other)];
    return a.columns.map((column, i) => compareColumns(column, b.columns[i]!, rows));
});
