import { MilvusClient } from "../../provider/milvus/transport/client";
import { type CollectionRef, createCollection } from "../../provider/milvus/collection/collections";
import { createIndex, waitForIndexes } from "../../provider/milvus/collection/indexes";
import { loadCollection } from "../../provider/milvus/collection/loading";
import { type CollectionArguments, CollectionInputs } from "../../provider/inputs/schema/collection";
import { isVector } from "../../provider/inputs/schema/dataType";
import { Connection } from "../../provider/inputs/schema/connection";
import { normalizeCollection } from "../../provider/inputs/normalize";
import { columnsOf } from "../support/data/exampleCollection";
import { toFieldData } from "../support/data/fieldData";
import type { FieldArguments } from "../support/data/field";
import type { Value } from "../support/data/values";
import { type FakeMilvus, type FakeOptions, startFake } from "../support/fake";

/** A fake server and a client of it; both are closed after the test. */
export interface Opened {
    fake: FakeMilvus;
    client: MilvusClient;
}

const opened: Opened[] = [];

export async function open(version: string, options: Omit<FakeOptions, "version"> = {}): Promise<Opened> {
    const fake = await startFake({ version, ...options });
    const client = await MilvusClient.connect(Connection.parse({ address: fake.address }));
    opened.push({ fake, client });
    return { fake, client };
}

afterEach(() => {
    for (const { fake, client } of opened.splice(0)) {
        client.close();
        fake.stop();
    }
});

export const ref = (name: string): CollectionRef => ({ database: undefined, name });

/** The smallest valid collection. */
export const smallest: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 2 },
];

export const both = (fields: FieldArguments[]) => [...smallest, ...fields];

export async function create(
    client: MilvusClient,
    name: string,
    args: Partial<CollectionArguments> = {},
): Promise<void> {
    const spec = normalizeCollection(CollectionInputs.parse({ fields: smallest, ...args }));
    await createCollection(client, { database: spec.database, name }, spec, spec.properties);
}

/** Creates a collection with an index on every vector, and loads it. */
export async function serve(client: MilvusClient, name: string, fields = smallest): Promise<void> {
    for (const field of fields.filter(({ dataType }) => isVector(dataType)))
        await createIndex(client, ref(name), {
            field: field.name,
            name: field.name,
            indexType: "AUTOINDEX",
            params: {},
        });
    await waitForIndexes(client, ref(name), () => undefined);
    await loadCollection(client, ref(name), { replicas: 1, resourceGroups: [] });
}

/** Inserts rows from columns of values; the vectors of `smallest` are generated. */
export async function insert(
    client: MilvusClient,
    name: string,
    args: { fields: FieldArguments[]; enableDynamicField?: boolean; partition?: string },
    values: Record<string, Value[]>,
): Promise<void> {
    const rows = Object.values(values)[0]!.length;
    const all: Record<string, Value[]> = { vector: Array.from({ length: rows }, () => [0.5, -1]), ...values };
    const fields = columnsOf(args)
        .filter((field) => all[field.name])
        .map((field) => toFieldData(field, all[field.name]!));
    const into = { collection_name: name, partition_name: args.partition };
    await client.call("Insert", { ...into, num_rows: rows, fields_data: fields });
}
