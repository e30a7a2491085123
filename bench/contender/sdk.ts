/** Uses the Node SDK as documented: `queryIterator`, and `insert` of its results. */
import { MilvusClient } from "@zilliz/milvus2-sdk-node";

import { contender, phase } from "./measure";

contender(async ({ address, source, target, batch }) => {
    const client = new MilvusClient({ address });
    await client.connectPromise;
    const copy = await phase(async () => {
        const pages = (await client.queryIterator({
            collection_name: source,
            output_fields: ["*"],
            batchSize: batch,
        })) as AsyncIterable<Record<string, unknown>[]>;
        let rows = 0;
        for await (const page of pages) {
            const data = page.map(({ draft: _draft, ...row }) => ({
                ...row,
                lang: "en",
            }));
            const { status, insert_cnt } = await client.insert({ collection_name: target, data });
            if (status.error_code !== "Success") throw new Error(status.reason);
            rows += Number(insert_cnt);
        }
        return rows;
    });
    return { copy };
});
