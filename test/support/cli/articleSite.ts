import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { Connection } from "../../../provider/inputs/schema/connection";
import { dropAlias, listAliases, resolveName } from "../../../provider/milvus/collection/aliases";
import {
    describeCollection,
    dropCollection,
    listCollections,
} from "../../../provider/milvus/collection/collections";
import { loadTemporarily } from "../../../provider/migration/lifecycle/temporaryLoad";
import { MilvusClient } from "../../../provider/milvus/transport/client";
import { dynamicField, type FieldArguments } from "../data/field";
import { readRows } from "../data/reader";
import type { Table } from "../data/table";
import type { Server } from "../servers";
import { environment } from "../servers/python";
import { type Ran, runCommand, type TestIo } from "./testIo";

const dim = 16;

/** The schema as somebody with a script of pymilvus writes it: without the primary key. */
export const entries = [
    { field_name: "file_id", datatype: "VARCHAR", max_length: 500 },
    { field_name: "vector", datatype: "FLOAT_VECTOR", dim },
    { field_name: "text", datatype: "VARCHAR", max_length: 65535 },
    { field_name: "metadata", datatype: "JSON" },
    { field_name: "page_num", datatype: "VARCHAR", max_length: 500 },
    { field_name: "name", datatype: "VARCHAR", max_length: 500 },
];

/** One field is dropped, one is added with a default and one without. */
export const changed = [
    ...entries.filter(({ field_name }) => field_name !== "name"),
    { field_name: "rating", datatype: "FLOAT", default_value: 2.5 },
    { field_name: "active", datatype: "BOOL" },
];

/** What no change of the schema may touch. */
const kept: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "file_id", dataType: "VarChar" },
    { name: "vector", dataType: "FloatVector", dim },
    { name: "text", dataType: "VarChar" },
    { name: "metadata", dataType: "JSON" },
    { name: "page_num", dataType: "VarChar" },
    dynamicField,
];

/** A collection that a script with pymilvus has made, and a folder with schema files. */
export interface ArticleSite {
    server: Server;
    client: MilvusClient;
    /** Of the collection; everything on the server of this test begins with it. */
    name: string;
    folder: string;
    /** Runs a command line in this process. */
    run(argv: readonly string[], io?: TestIo): Promise<Ran>;
    writeSchema(schema: unknown): Promise<void>;
    /** The rows, of the fields that no change here touches and of others. */
    rows(collection?: string, more?: FieldArguments[]): Promise<Table>;
    collections(): Promise<string[]>;
    fields(collection?: string): Promise<string[]>;
    properties(collection?: string): Promise<Record<string, string>>;
    close(): Promise<void>;
}

let sites = 0;

export async function openArticleSite(
    server: Server,
    rows: number,
    options: string[] = [],
): Promise<ArticleSite> {
    const name = `cli${process.pid}_${++sites}_docs`;
    const folder = await mkdtemp(join(tmpdir(), "alter-"));
    // Any server is asked by the same pymilvus.
    const interpreter = join(await environment("milvus-lite-3.2.2"), "bin/python");
    const script = join(__dirname, "pymilvusScript.py");
    await promisify(execFile)(interpreter, [
        script,
        server.address,
        name,
        String(rows),
        String(dim),
        ...options,
    ]);
    const client = await MilvusClient.connect(Connection.parse({ address: server.address }));
    const ref = (collection = name) => ({ database: undefined, name: collection });
    const described = async (collection?: string) => (await describeCollection(client, ref(collection)))!;
    const collections = async () =>
        (await listCollections(client, undefined)).filter((one) => one.startsWith(name)).sort();
    return {
        server,
        client,
        name,
        folder,
        run: (argv, io = {}) =>
            runCommand(argv, { ...io, folder, environment: { MILVUS_ADDRESS: server.address } }),
        writeSchema: (schema) => writeFile(join(folder, "schema.json"), JSON.stringify(schema, undefined, 4)),
        rows: async (collection = name, more = []) => {
            // Milvus loads nothing without an index, and the script has made none.
            const there = await resolveName(client, ref(collection));
            const own = there.kind === "alias" ? there.collection : collection;
            const restore = await loadTemporarily(client, ref(own), {
                say: () => undefined,
                progress: () => undefined,
            });
            const rows = await readRows({ client, collection, fields: [...kept, ...more] });
            await restore();
            return rows;
        },
        collections,
        fields: async (collection) => (await described(collection)).fields.map((field) => field.name).sort(),
        properties: async (collection) => (await described(collection)).properties,
        close: async () => {
            for (const one of await collections()) {
                for (const alias of await listAliases(client, ref(one)))
                    await dropAlias(client, { database: undefined, alias });
                await dropCollection(client, ref(one));
            }
            client.close();
            await rm(folder, { recursive: true });
        },
    };
}

/** `alter` as most tests run it: no test waits for the grace of proxies. */
export const alterLine = (name: string, ...more: string[]): string[] => [
    ...["alter", "--collection", name, "--schema", "schema.json", "--grace", "0"],
    ...more,
];
