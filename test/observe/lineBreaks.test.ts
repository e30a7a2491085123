import { expect } from "chai";

import { MilvusClient } from "../../provider/milvus/transport/client";
import { createCollection, dropCollection } from "../../provider/milvus/collection/collections";
import { createIndex } from "../../provider/milvus/collection/indexes";
import { loadCollection } from "../../provider/milvus/collection/loading";
import { observeCollection } from "../../provider/observe/collection";
import { queryStatistics } from "../../provider/observe/rowStatistics";
import { sampleRows } from "../../provider/observe/sample";
import { Connection } from "../../provider/inputs/schema/connection";
import { parseCollection } from "../../provider/inputs/parse";
import type { FieldArguments } from "../support/data/field";
import { insertRows } from "../support/data/rows";
import { onServers } from "../support/servers/onServers";

/** The key at the end of each page contains a line break, so the filter of the next page does, too. */
const pageRows = 16_384;

onServers("a preview of rows with line breaks in their keys", {}, (server) => {
    it("counts each row once, over several pages", async function () {
        this.timeout(2 * 60_000);
        const { address, token } = server();
        const client = await MilvusClient.connect(Connection.parse({ address, token }));
        const ref = { database: undefined, name: `lines_${process.pid}` };
        const fields: FieldArguments[] = [
            { name: "id", dataType: "VarChar", maxLength: 32, isPrimaryKey: true },
            { name: "vector", dataType: "FloatVector", dim: 2 },
            { name: "text", dataType: "VarChar", maxLength: 64 },
        ];
        const { spec } = parseCollection({ fields });
        const keys = Array.from(
            { length: 2 * pageRows + 100 },
            (_, at) => `${String(at).padStart(6, "0")}\n`,
        );
        try {
            await createCollection(client, ref, spec!, {});
            await createIndex(client, ref, spec!.indexes[0]!);
            await loadCollection(client, ref, { replicas: 1, resourceGroups: [] });
            const sent = await insertRows({ client, collection: ref.name, fields, keys });
            const source = (await observeCollection(client, ref))!;
            const longer = sent.column("text").filter((cell) => Buffer.byteLength(cell) > 8).length;
            const query = { statistic: "tooLong", field: "text", source: "text", limit: 8 } as const;
            expect(
                await queryStatistics(client, source, [query], Promise.resolve(keys.length)),
            ).to.deep.equal({
                tooLong: { text: longer },
            });
            expect((await sampleRows(client, source))!.rows).to.equal(1_024);
        } finally {
            await dropCollection(client, ref);
            client.close();
        }
    });
});
