import { expect } from "chai";

import { MilvusClient } from "../../../provider/milvus/transport/client";
import { createCollection, dropCollection } from "../../../provider/milvus/collection/collections";
import { createIndex } from "../../../provider/milvus/collection/indexes";
import { loadCollection } from "../../../provider/milvus/collection/loading";
import { createPartition } from "../../../provider/milvus/collection/partitions";
import { countRows } from "../../../provider/milvus/rows/rows";
import { Connection } from "../../../provider/inputs/schema/connection";
import { parseCollection } from "../../../provider/inputs/parse";
import type { FieldArguments } from "../../support/data/field";
import { insertRows, int64Keys, textKeys } from "../../support/data/rows";
import { onServers } from "../../support/servers/onServers";

const keyed: { key: FieldArguments; keys: string[] }[] = [
    // Both ends of the range; Milvus 2.3.5 counts the largest Int64 but never returns it.
    { key: { name: "id", dataType: "Int64", isPrimaryKey: true }, keys: int64Keys(300, { largest: true }) },
    { key: { name: "id", dataType: "VarChar", maxLength: 64, isPrimaryKey: true }, keys: textKeys(300) },
];

onServers("the count of rows", { needs: ["partitions"] }, (server) => {
    for (const { key, keys } of keyed)
        it(`respects the partitions without a filter, for ${key.dataType} keys`, async () => {
            const { address, token } = server();
            const client = await MilvusClient.connect(Connection.parse({ address, token }));
            const ref = { database: undefined, name: `counted_${key.dataType}_${process.pid}` };
            const fields: FieldArguments[] = [key, { name: "vector", dataType: "FloatVector", dim: 2 }];
            const { spec } = parseCollection({ fields });
            try {
                await createCollection(client, ref, spec!, {});
                await createIndex(client, ref, spec!.indexes[0]!);
                for (const partition of ["y2023", "y2024"]) await createPartition(client, ref, partition);
                await loadCollection(client, ref, { replicas: 1, resourceGroups: [] });
                const rows = { client, collection: ref.name, fields };
                await insertRows({ ...rows, keys: keys.slice(0, 20), partition: "y2023" });
                await insertRows({ ...rows, keys: keys.slice(20) });
                const count = (...partitions: string[]) => countRows(client, ref, "", partitions);
                expect(await count("y2023")).to.equal(20);
                expect(await count("y2024")).to.equal(0);
                expect(await count("_default")).to.equal(keys.length - 20);
                expect(await count("y2023", "_default")).to.equal(keys.length);
                expect(await count()).to.equal(keys.length);
            } finally {
                await dropCollection(client, ref);
                client.close();
            }
        });
});
