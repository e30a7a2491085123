import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import type {
    ObservedCollection,
    ObservedField,
    ObservedIndex,
    Unmodelled,
} from "../../provider/observe/state";
import { settings } from "../../provider/plan/finding/codes/settings";

const page = readFileSync(join(__dirname, "../../docs/settings.md"), "utf8");
const sizes = "fields: type, dim, length, capacity, nullable, default";
const others = "other parameters of a field";
const indexes = "indexes: field, type, metric, parameters";

/** The row of each thing that is observed. The types require an entry for every key: nothing is observed and forgotten. */
const ofCollection = {
    database: "database",
    name: "name",
    description: "description",
    fields: sizes,
    functions: "functions",
    enableDynamicField: "dynamic field",
    shardsNum: "number of shards",
    consistencyLevel: "consistency level",
    properties: "properties",
    partitions: "partitions",
    numPartitions: "number of partitions of a partition key",
    indexes,
    loadState: "load state",
    load: "replicas, resource groups",
    schemaProgress: "segments behind the schema",
    unmodelled: "settings of a newer server",
    aliases: "aliases",
    marker: "ownership marker",
    unfilled: "fields that an interrupted run fills",
    collectionId: "id of the collection",
} satisfies Record<keyof ObservedCollection, string>;

const ofField = {
    name: sizes,
    dataType: sizes,
    elementType: sizes,
    dim: sizes,
    maxLength: sizes,
    maxCapacity: sizes,
    nullable: sizes,
    defaultValue: sizes,
    fields: sizes,
    isPrimaryKey: "primary key, autoId",
    autoId: "primary key, autoId",
    isPartitionKey: "partition key, clustering key",
    isClusteringKey: "partition key, clustering key",
    enableAnalyzer: "analyzer of a field",
    enableMatch: "analyzer of a field",
    analyzerParams: "analyzer of a field",
    multiAnalyzerParams: "analyzer of a field",
    mmap: "how a field is kept in memory (`mmap`, `warmup`)",
    warmup: "how a field is kept in memory (`mmap`, `warmup`)",
    description: "description of a field",
    isFunctionOutput: "functions",
    otherParams: others,
} satisfies Record<keyof ObservedField, string>;

const ofIndex = {
    field: indexes,
    indexType: indexes,
    metricType: indexes,
    params: indexes,
    name: "name of an index",
} satisfies Record<keyof ObservedIndex, string>;

const ofOthers = {
    isExternal: "rows as files outside of Milvus",
    hasNamespaces: "namespaces",
    rowPolicies: "row policies",
    snapshots: "snapshots",
    unknown: "settings of a newer server",
    refused: "row policies, snapshots: not listed",
} satisfies Record<keyof Unmodelled, string>;

describe("the page of what hangs on a collection", () => {
    for (const [what, rows] of Object.entries({ ofCollection, ofField, ofIndex, ofOthers }))
        it(`has a row for everything that is observed (${what})`, () => {
            for (const row of Object.values(rows)) expect(page).to.include(`\n| ${row}`);
        });

    it("has a row for the privileges, and names every code of a setting", () => {
        expect(page).to.include("\n| privileges of roles");
        for (const code of Object.keys(settings)) expect(page).to.include(code);
    });
});
