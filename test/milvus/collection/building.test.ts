import { expect } from "chai";

import { MilvusClient } from "../../../provider/milvus/transport/client";
import { createCollection, dropCollection } from "../../../provider/milvus/collection/collections";
import {
    createIndex,
    describeIndexes,
    dropIndex,
    waitForIndexes,
} from "../../../provider/milvus/collection/indexes";
import { loadCollection, loadState, releaseCollection } from "../../../provider/milvus/collection/loading";
import { flush } from "../../../provider/milvus/rows/rows";
import { Connection } from "../../../provider/inputs/schema/connection";
import { parseCollection } from "../../../provider/inputs/parse";
import { Random } from "../../support/data/random";
import { onServers } from "../../support/servers/onServers";

const DIM = 256;
const ROWS = 6_000;
const hnsw = {
    field: "vector",
    name: "vector",
    indexType: "HNSW",
    metricType: "L2",
    params: { M: 32, efConstruction: 512 },
};

/** milvus-lite 3 returns when the build is done, which takes longer the more rows there are; Milvus returns immediately. */
onServers(
    "an index whose build takes longer than the timeout of a call",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"] },
    (server) => {
        it("is awaited when it is created and when the collection is loaded", async function () {
            this.timeout(10 * 60_000);
            const { address, token } = server();
            const slowClient = await MilvusClient.connect(Connection.parse({ address, token }));
            const client = await MilvusClient.connect(Connection.parse({ address, token, timeout: 2 }));
            const ref = { database: undefined, name: `building_${process.pid}` };
            const { spec } = parseCollection({
                fields: [
                    { name: "id", dataType: "Int64", isPrimaryKey: true },
                    { name: "vector", dataType: "FloatVector", dim: DIM },
                ],
            });
            const index = { ...spec!.indexes[0]!, ...hnsw };
            try {
                await createCollection(slowClient, ref, spec!, {});
                await fill(slowClient, ref.name);
                await flush(slowClient, ref);
                await createIndex(client, ref, index);
                await waitForIndexes(slowClient, ref, () => undefined);
                expect(
                    (await describeIndexes(slowClient, ref)).map(({ indexType }) => indexType),
                ).to.deep.equal(["HNSW"]);
                await releaseCollection(slowClient, ref);
                await dropIndex(slowClient, ref, { field: "vector", name: "vector" });
                await createIndex(slowClient, ref, index);
                await loadCollection(client, ref, { replicas: 1, resourceGroups: [] });
                expect(await loadState(slowClient, ref)).to.equal("loaded");
            } finally {
                await dropCollection(slowClient, ref);
                slowClient.close();
                client.close();
            }
        });
    },
);

async function fill(client: MilvusClient, collection: string): Promise<void> {
    const random = new Random(1);
    const vectors = Array.from({ length: ROWS * DIM }, () => random.below(1000));
    await client.call(
        "Insert",
        {
            collection_name: collection,
            num_rows: ROWS,
            fields_data: [
                {
                    field_name: "id",
                    type: "Int64",
                    scalars: { long_data: { data: Array.from({ length: ROWS }, (_, key) => String(key)) } },
                },
                {
                    field_name: "vector",
                    type: "FloatVector",
                    vectors: { dim: String(DIM), float_vector: { data: vectors } },
                },
            ],
        },
        { seconds: 120 },
    );
}
