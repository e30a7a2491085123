import { expect } from "chai";

import { createIndex } from "../../provider/milvus/collection/indexes";
import { observeCollection } from "../../provider/observe/collection";
import { both, create, open, ref } from "../fake/open";

describe("an observed collection", () => {
    it("has the metric of an index of a vector alone: milvus-lite 3.2.2 tells one of a scalar, too", async () => {
        const { client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs", { fields: both([{ name: "lang", dataType: "VarChar", maxLength: 8 }]) });
        for (const [field, indexType] of [
            ["vector", "FLAT"],
            ["lang", "INVERTED"],
        ] as const) {
            const metricType = "COSINE";
            await createIndex(client, ref("docs"), { field, name: field, indexType, metricType, params: {} });
        }
        const observed = await observeCollection(client, ref("docs"));
        expect(observed!.indexes.map(({ field, metricType }) => [field, metricType])).to.have.deep.members([
            ["vector", "COSINE"],
            ["lang", undefined],
        ]);
    });
});
