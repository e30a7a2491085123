import { MilvusClient } from "../../provider/milvus/transport/client";
import {
    type CollectionRef,
    createCollection,
    dropCollection,
} from "../../provider/milvus/collection/collections";
import { createIndex } from "../../provider/milvus/collection/indexes";
import { deleteKeys, sendInsert, sendUpsert } from "../../provider/milvus/rows/inserts";
import { loadCollection } from "../../provider/milvus/collection/loading";
import { type PageSource, rowsOfKeys } from "../../provider/milvus/rows/pages";
import { strong } from "../../provider/milvus/rows/readPoint";
import {
    type Column,
    columnOf,
    compareKeys,
    insertRequest,
    type Key,
    keyAt,
    keysOf,
    readPage,
} from "../../provider/wire";
import { capabilities } from "../../provider/observe/capabilities";
import type { Capabilities } from "../../provider/observe/state";
import { lineBreaksOf } from "../../provider/observe/reader";
import { Connection } from "../../provider/inputs/schema/connection";
import { parseCollection } from "../../provider/inputs/parse";
import type { FieldArguments } from "../support/data/field";
import { toFieldData } from "../support/data/fieldData";
import type { Server } from "../support/servers";
import { answer } from "../wire/support";

/** Keys that break careless code, and plain ones. */
export const odd = {
    Int64: [
        ...[-(2n ** 63n), -(2n ** 63n) + 1n, 2n ** 63n - 2n, 0n, -1n, 1n, 2n ** 53n + 1n, -(2n ** 53n) - 1n],
        ...Array.from({ length: 40 }, (_, at) => BigInt(at) * 1_000_003n + 5n),
    ],
    VarChar: [
        ...[
            "",
            " ",
            '"',
            "'",
            "\\",
            '\\"',
            "\\\\",
            "\\n",
            "\n",
            "a\nb",
            "\r\n",
            "\t",
            "\u0000",
            "\u0001\u001f",
        ],
        ...[
            "ü",
            "世",
            "🌍",
            "\uffff",
            "\uff5e",
            "%",
            "_",
            "a_b",
            "\\u0041",
            "in [",
            "]",
            ", ",
            "x or y",
            "{id}",
        ],
        ...["' or id != '", '" or id != "', "k".repeat(255)],
        ...Array.from({ length: 20 }, (_, at) => `plain ${at}`),
    ],
} satisfies Record<string, Key[]>;

export type KeyType = keyof typeof odd;

const fieldsOf = (dataType: KeyType): FieldArguments[] => [
    { name: "id", dataType, isPrimaryKey: true, ...(dataType === "VarChar" && { maxLength: 256 }) },
    { name: "vector", dataType: "FloatVector", dim: 2 },
    { name: "version", dataType: "Int64" },
];

/** Rows that differ only in their keys. */
export function columnsOf(fields: FieldArguments[], keys: readonly Key[], version: number): Column[] {
    const values: Record<string, Parameters<typeof toFieldData>[1]> = {
        id: keys.map(String),
        vector: keys.map(() => [1, version]),
        version: keys.map(() => String(version)),
    };
    return readPage(answer(...fields.map((field) => toFieldData(field, values[field.name]!)))).columns;
}

/** The columns as an encoded insert. */
export function requestOf(
    collectionName: string,
    fields: FieldArguments[],
    keys: readonly Key[],
    version: number,
    partition?: string,
): Buffer {
    const to = { dbName: "", collectionName, ...(partition !== undefined && { partitionName: partition }) };
    return insertRequest(to, columnsOf(fields, keys, version), keys.length);
}

/** A collection on a server, with methods to read and write rows by key. */
export class Place {
    private constructor(
        readonly client: MilvusClient,
        readonly capabilities: Capabilities,
        readonly ref: CollectionRef,
        readonly fields: FieldArguments[],
        readonly source: PageSource,
    ) {}

    static async open(
        { address, token }: Server,
        dataType: KeyType,
        enableDynamicField = false,
    ): Promise<Place> {
        const client = await MilvusClient.connect(Connection.parse({ address, token }));
        const place = { database: undefined, name: `writes_${process.pid}_${dataType.toLowerCase()}` };
        const fields = fieldsOf(dataType);
        const { spec } = parseCollection({ fields, enableDynamicField });
        await createCollection(client, place, spec!, {});
        await createIndex(client, place, spec!.indexes[0]!);
        await loadCollection(client, place, { replicas: 1, resourceGroups: [] });
        const able = await capabilities(client);
        return new Place(client, able, place, fields, {
            client,
            ref: place,
            collectionId: undefined,
            fields: ["id", "version"],
            key: "id",
            partition: undefined,
            lineBreaks: lineBreaksOf(able),
            readPoint: strong,
        });
    }

    insert(keys: readonly Key[], version: number, partition?: string): Promise<void> {
        const bytes = requestOf(this.ref.name, this.fields, keys, version, partition);
        return sendInsert(this.client, this.ref.name, bytes, keys.length);
    }

    upsert(keys: readonly Key[], version: number, partition?: string): Promise<void> {
        const bytes = requestOf(this.ref.name, this.fields, keys, version, partition);
        return sendUpsert(this.client, this.ref.name, bytes, keys.length);
    }

    delete(keys: readonly Key[], partition?: string): Promise<void> {
        const { lineBreaks } = this.source;
        return deleteKeys(this.client, this.ref, { field: "id", keys, partition, lineBreaks });
    }

    /** Key and version of the stored rows among these keys, in key order. */
    async read(keys: readonly Key[], partition?: string): Promise<[Key, number][]> {
        const pages = await rowsOfKeys({ ...this.source, partition }, keys);
        const rows = pages.flatMap((page) => {
            if (page.rows === 0) return [];
            const [ids, versions] = [keysOf(columnOf(page, "id")), keysOf(columnOf(page, "version"))];
            return Array.from({ length: page.rows }, (_, row): [Key, number] => [
                keyAt(ids, row),
                Number(keyAt(versions, row)),
            ]);
        });
        return rows.sort(([a], [b]) => compareKeys(a, b));
    }

    async close(): Promise<void> {
        await dropCollection(this.client, this.ref);
        this.client.close();
    }
}

/** The expected result of `read` for rows whose version depends on the key. */
export const versions = (keys: readonly Key[], versionOf: (key: Key) => number): [Key, number][] =>
    [...keys].sort(compareKeys).map((key) => [key, versionOf(key)]);
