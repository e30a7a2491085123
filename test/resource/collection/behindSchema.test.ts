import { expect } from "chai";

import { describeIndexes } from "../../../provider/milvus/collection/indexes";
import { loadState } from "../../../provider/milvus/collection/loading";
import type { FieldArguments } from "../../support/data/field";
import { both, insert, open, ref } from "../../fake/open";
import { deploy, up, type Verdict } from "./steps";

const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 64, enableAnalyzer: true };
const sparse: FieldArguments = { name: "sparse", dataType: "SparseFloatVector" };
const bm25 = { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] };
const onSparse = { field: "sparse", indexType: "SPARSE_INVERTED_INDEX" };
const hnsw = { field: "vector", indexType: "HNSW", metricType: "L2", params: { M: 8, efConstruction: 64 } };

const before = { fields: [...both([text]), sparse], functions: [bm25], indexes: [hnsw, onSparse] };
const after = {
    ...before,
    fields: [...both([{ ...text, maxLength: 128 }]), sparse],
    indexes: [{ ...hnsw, params: { M: 16, efConstruction: 64 } }, onSparse],
};

const messageOf = (verdict: Verdict) => (typeof verdict === "string" ? verdict : verdict.failed.message);

describe("an index of a collection whose segments are behind its schema (fake)", () => {
    it("is not dropped, because the server would not build the new one, and the next plan says so", async () => {
        const { fake, client } = await open("3.0.0", { pending: 0 });
        const deployed = await deploy(fake.address, before);
        const docs = ref(deployed.state.collectionName as string);
        await insert(client, docs.name, { fields: both([text]) }, { id: ["1"], text: ["one"] });
        const serving = await describeIndexes(client, docs);

        // The longer text raises the version of the schema, and by default nothing brings the segment to it.
        fake.calls.length = 0;
        const first = await up(fake.address, deployed, after);
        expect(messageOf(first.verdict)).to.include("1 of 1 segments").and.include("[MV367]");
        expect(fake.calls).to.include("AlterCollectionField");
        expect(fake.calls).to.not.include.members(["ReleaseCollection"]);
        expect(await describeIndexes(client, docs)).to.deep.equal(serving);
        expect(await loadState(client, docs)).to.equal("loaded");

        const second = await up(fake.address, deployed, after);
        expect(messageOf(second.verdict)).to.include("[MV180]");
        const shadow = await up(fake.address, deployed, { ...after, migration: { indexes: "shadow" } });
        expect(shadow.verdict).to.equal("replace");
    });

    it("is built again once the server has brought the segments to the schema", async () => {
        const { fake, client } = await open("3.0.0", { pending: 0, storageV3: true });
        const deployed = await deploy(fake.address, before);
        const docs = ref(deployed.state.collectionName as string);
        await insert(client, docs.name, { fields: both([text]) }, { id: ["1"], text: ["one"] });
        expect((await up(fake.address, deployed, after)).verdict).to.equal("updated");
        const [index] = (await describeIndexes(client, docs)).filter(({ field }) => field === "vector");
        expect(index).to.deep.include({ state: "Finished" });
        expect(index!.params.M).to.equal("16");
    });
});
