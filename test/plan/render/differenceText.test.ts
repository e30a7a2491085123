import { expect } from "chai";

import type { ChangeKind } from "../../../provider/plan/diff/change";
import { diffCollection } from "../../../provider/plan/diff/diff";
import { differenceText } from "../../../provider/plan/render/differenceText";
import { bm25, collection, hnsw } from "../arbitrary";
import { edits, type Given } from "../edits";

const said = (before: Given, after: Given) => {
    const [program, server] = [collection(before), collection(after)];
    return diffCollection(program, server).map((change) => differenceText(change, { program, server }));
};

/** What is said of each edit; the server knows no previous name, so that it has no renamed field. */
const texts: Record<Exclude<ChangeKind, "rename-field">, string> = {
    "add-field": "lang: no such field in the program, VarChar(8) on the server",
    "drop-field": "lang: VarChar(8) in the program, no such field on the server",
    "retype-field": "text: VarChar in the program, Int64 on the server",
    "resize-field": "text.maxLength: 512 in the program, 64 on the server",
    "alter-dim": "vector.dim: 8 in the program, 16 on the server",
    "alter-nullable": "text.nullable: false in the program, true on the server",
    "alter-default": 'text.defaultValue: none in the program, "-" on the server',
    "alter-auto-id": "id.autoId: false in the program, true on the server",
    "alter-analyzer":
        'text: analyzer: {"enableAnalyzer":false,"enableMatch":false} in the program, {"enableAnalyzer":true,"enableMatch":false} on the server',
    "alter-memory": "text.mmap: true in the program, false on the server",
    "alter-primary-key": 'primary key: "id" in the program, "text" on the server',
    "alter-partition-key": 'partition key: none in the program, "text" on the server',
    "alter-clustering-key": 'clustering key: "text" in the program, none on the server',
    "describe-part": 'text.description: "" in the program, "The text" on the server',
    "add-function": "function bm25: none in the program, BM25 on the server",
    "drop-function": "function bm25: BM25 in the program, none on the server",
    "alter-function":
        'function bm25: {"name":"bm25","type":"BM25","inputFieldNames":["text"],"outputFieldNames":["sparse"],"description":"","params":{}} in the program, {"name":"bm25","type":"BM25","inputFieldNames":["text"],"outputFieldNames":["sparse"],"description":"","params":{"b":0.5}} on the server',
    "alter-dynamic-field": "enableDynamicField: false in the program, true on the server",
    "alter-shards": "shardsNum: 1 in the program, 2 on the server",
    "alter-consistency": 'consistencyLevel: "Bounded" in the program, "Strong" on the server',
    "alter-description": 'description: "" in the program, "Documents" on the server',
    "set-property": 'property mmap.enabled: "true" in the program, "false" on the server',
    "delete-property": 'property mmap.enabled: "true" in the program, none on the server',
    "add-partition": "partition y2024: none in the program, there on the server",
    "drop-partition": "partition y2024: there in the program, none on the server",
    "alter-num-partitions": "numPartitions: 16 in the program, 64 on the server",
    "add-index": "index vector: none in the program, HNSW COSINE M 16 on vector on the server",
    "drop-index": "index vector: HNSW COSINE M 16 on vector in the program, none on the server",
    "alter-index":
        "index vector: HNSW COSINE M 16 on vector in the program, HNSW COSINE M 32 on vector on the server",
    "alter-load": "load: loaded, 1 replica in the program, released on the server",
    "alter-database": 'database: none in the program, "other" on the server',
    "alter-name": 'name: "docs" in the program, "pages" on the server',
    "alter-connection": 'connection: "a:19530" in the program, "b:19530" on the server',
    "state-only": "deletionProtection",
};

describe("a difference between a program and a server", () => {
    for (const [kind, line] of Object.entries(texts))
        it(`names both values of ${kind}`, () => {
            const [before, after]: readonly [Given, Given, unknown] = edits[kind as keyof typeof texts];
            expect(said(before, after)).to.deep.equal([line]);
        });

    it("names the resource groups and the replicas of a load", () => {
        const load = { replicas: 2, resourceGroups: ["a", "b"] };
        expect(said({ load: undefined }, { load })).to.deep.equal([
            "load: released in the program, loaded, 2 replicas in a, b on the server",
        ]);
    });

    it("names the description of a function, and more than one argument of the state", () => {
        expect(said({ functions: [bm25] }, { functions: [{ ...bm25, description: "Words" }] })).to.deep.equal(
            ['bm25.description: "" in the program, "Words" on the server'],
        );
        expect(said({}, { adopt: true, deletionProtection: true })).to.deep.equal([
            "adopt, deletionProtection",
        ]);
    });

    it("leaves out the metric that an index does not have", () => {
        const index = { field: "text", name: "by_text", indexType: "INVERTED", params: {} };
        expect(said({}, { indexes: [hnsw, index] })).to.deep.equal([
            "index by_text: none in the program, INVERTED on text on the server",
        ]);
    });
});
