import { expect } from "chai";

import { builtType, indexLimits } from "../../../provider/plan/mapping/indexLimits";
import { collection, field, hnsw, id, text, vector } from "../arbitrary";

const indexTypes = { FloatVector: ["FLAT", "IVF_FLAT"], VarChar: ["AUTOINDEX", "INVERTED"], JSON: [] };
const server = { server: "milvus 2.3.5", indexTypes };

describe("the index type that a server builds", () => {
    const built = (indexType: string, dataType: string | undefined) =>
        builtType({ indexType }, dataType, { indexTypes });

    it("is the first of the server where that does not know AUTOINDEX", () => {
        expect(built("AUTOINDEX", "FloatVector")).to.equal("FLAT");
        expect(built("AUTOINDEX", "VarChar")).to.equal("AUTOINDEX");
        expect(built("AUTOINDEX", "Int64")).to.equal("AUTOINDEX");
        expect(built("AUTOINDEX", "JSON")).to.equal("AUTOINDEX");
        expect(built("AUTOINDEX", undefined)).to.equal("AUTOINDEX");
    });

    it("is the one that the program gives", () => {
        expect(built("HNSW", "FloatVector")).to.equal("HNSW");
        expect(built("INVERTED", "VarChar")).to.equal("INVERTED");
    });
});

describe("an index that the server cannot build", () => {
    const data = field({ name: "data", dataType: "JSON" });
    const found = (on: string, indexType: string, enableDynamicField = false) =>
        indexLimits(
            [{ ...hnsw, field: on, indexType }],
            collection({ fields: [id, vector, text, data], enableDynamicField }),
            server,
        ).map(({ code, path, message, fix }) => `${code} ${path}: ${message} ${fix}`);

    it("is reported with the types that it can", () => {
        expect(found("vector", "HNSW")).to.deep.equal([
            'MV143 indexes: milvus 2.3.5 does not support HNSW on vector (FloatVector). Write indexType: "FLAT" or "IVF_FLAT".',
        ]);
        expect(found("data", "INVERTED")).to.deep.equal([
            "MV143 indexes: milvus 2.3.5 does not support an index on data (JSON). Omit the index.",
        ]);
    });

    it("is one on JSON under a key of the dynamic field", () => {
        expect(found("lang", "INVERTED", true)).to.deep.equal([
            "MV143 indexes: milvus 2.3.5 does not support an index on lang (JSON). Omit the index.",
        ]);
        expect(found("lang", "INVERTED")).to.deep.equal([]);
        expect(found("chunks[v]", "INVERTED", true)).to.deep.equal([]);
    });

    it("is none of a type that the server has, and none where the server decides", () => {
        expect(found("vector", "IVF_FLAT")).to.deep.equal([]);
        expect(found("vector", "AUTOINDEX")).to.deep.equal([]);
        expect(found("id", "STL_SORT")).to.deep.equal([]);
    });
});
