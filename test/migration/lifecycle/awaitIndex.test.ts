import { mock } from "node:test";

import { expect } from "chai";

import { alterField } from "../../../provider/milvus/collection/alterSchema";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { isMilvusError } from "../../../provider/milvus/transport/errors";
import { applyUpdates } from "../../../provider/migration/lifecycle/applyUpdates";
import type { Update } from "../../../provider/plan/strategy/update";
import { Field } from "../../../provider/inputs/schema/field";
import { Index } from "../../../provider/inputs/schema/collection";
import type { FieldArguments } from "../../support/data/field";
import { readRows } from "../../support/data/reader";
import { both, create, insert, open, ref, serve, smallest } from "../../fake/open";

const docs = ref("docs");
const image: FieldArguments = { name: "image", dataType: "FloatVector", dim: 2, nullable: true };
const sparse: FieldArguments = { name: "sparse", dataType: "SparseFloatVector" };
const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 16, enableAnalyzer: true };
const bm25 = { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] };
const indexOn = (field: string) =>
    Index.parse({ field, name: field, indexType: "HNSW", metricType: "L2", params: {} });

/** Each answer about indexes comes a minute after the one before. */
function slow(client: MilvusClient): void {
    const call = client.call.bind(client);
    mock.timers.enable({ apis: ["Date"], now: Date.now() });
    client.call = async (method, ...rest) => {
        const answer = await call(method, ...rest);
        if (method === "DescribeIndex") mock.timers.setTime(Date.now() + 61_000);
        return answer;
    };
}

async function applied(client: MilvusClient, updates: Update[]): Promise<string[]> {
    const said: string[] = [];
    const report = { say: (line: string) => void said.push(line), progress: () => undefined };
    slow(client);
    await applyUpdates(client, docs, updates, report);
    return said;
}

describe("the index of a change in place (fake)", () => {
    afterEach(() => mock.timers.reset());

    const addImage: Update[] = [
        { kind: "add-field", field: Field.parse(image) },
        { kind: "create-index", index: indexOn("image"), isNew: true },
        { kind: "refresh" },
    ];

    it("ends with a notice where the server never reports it as built, and the new field is loaded", async () => {
        const { client } = await open("3.0.0");
        await create(client, "docs");
        await serve(client, "docs");
        await insert(client, "docs", { fields: smallest }, { id: ["1", "2"] });
        const said = await applied(client, addImage);
        expect(said.join("\n")).to.match(
            /^warning: the server has not finished index image on image \(0 of 2 rows\)/,
        );
        expect(said.join("\n")).to.include("complete, but slower").and.include("[MV366]");
        const rows = await readRows({ client, collection: "docs", fields: both([image]) });
        expect(rows.column("image")).to.deep.equal(["NULL", "NULL"]);
    });

    it("is built where every row has a value, and nothing is said", async () => {
        const { client } = await open("3.0.0");
        await create(client, "docs");
        await serve(client, "docs");
        expect(await applied(client, addImage)).to.deep.equal([]);
    });

    it("ends with the reason where segments are behind the schema of a collection with a function", async () => {
        const { client } = await open("3.0.0");
        const fields = both([text]);
        await create(client, "docs", { fields: [...fields, sparse], functions: [bm25] });
        await serve(client, "docs", [...fields, sparse]);
        await insert(client, "docs", { fields }, { id: ["1"], text: ["one"] });
        await alterField(client, docs, "text", { max_length: "32" });
        const index = Index.parse({ field: "text", name: "text", indexType: "INVERTED", params: {} });
        const said = await applied(client, [{ kind: "create-index", index }]);
        expect(said.join("\n")).to.include("segments that do not have the current schema");
    });

    it("is an error where the server has no reason to stop building it", async () => {
        const { client } = await open("2.5.16", { pending: 100 });
        await create(client, "docs");
        await insert(client, "docs", { fields: smallest }, { id: ["1"] });
        const error: unknown = await applied(client, [
            { kind: "create-index", index: indexOn("vector") },
        ]).catch((failure: unknown) => failure);
        expect(isMilvusError(error, "stalled"), String(error)).to.equal(true);
    });
});
