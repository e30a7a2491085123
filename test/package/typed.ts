/** A program that uses every declaration of the package. Lines that must not compile are marked with @ts-expect-error. */
export const typed = `
import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";
import { Alias, Collection } from "pulumi-milvus";
import type {
    AliasArgs,
    CollectionArgs,
    ConnectionArgs,
    DataType,
    ElementType,
    FieldArgs,
    FunctionArgs,
    FunctionType,
    IndexArgs,
    IndexType,
    LoadArgs,
    MetricType,
    MigrationArgs,
} from "pulumi-milvus";

const config = new pulumi.Config();
const connection: ConnectionArgs = { address: "localhost:19530", token: config.requireSecret("token") };
const text: FieldArgs = { name: "text", dataType: "VarChar", maxLength: pulumi.output(512), enableAnalyzer: true };
const index: IndexArgs = { field: "vector", indexType: "HNSW", metricType: "COSINE", params: { M: 16 } };
const bm25: FunctionArgs = { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] };
const ofData: DataType = "Int64";
const newer: string = "FLAT_OF_A_LATER_MILVUS";
export const open: [IndexType, MetricType, FunctionType, ElementType, DataType] = [newer, newer, newer, newer, ofData];
export const later: IndexArgs = { field: "vector", indexType: newer, metricType: pulumi.output(newer) };
const load: LoadArgs = { replicas: 2 };
const migration: MigrationArgs = { verify: "full" };
const args: CollectionArgs = {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "vector", dataType: "FloatVector", dim: 8 },
        { name: "sparse", dataType: "SparseFloatVector" },
        text,
    ],
    functions: [bm25],
    indexes: [index],
    load,
    migration,
    connection,
};
const docs = new milvus.Collection("docs", args, { protect: true });
const aliasArgs: AliasArgs = { collection: docs.collectionName };
const live: Alias = new Alias("live", aliasArgs, { dependsOn: docs });
export const collection: pulumi.Output<string> = docs.collectionName;
export const generation: pulumi.Output<string> = docs.generation;
export const alias: pulumi.Output<string> = live.name;

// @ts-expect-error -- there is no such type of data
new Collection("wrong", { fields: [{ name: "id", dataType: "Int46" }] });
// @ts-expect-error -- there is no such argument
new Collection("wrong", { fields: [], dimensions: 8 });
// @ts-expect-error -- an alias needs its collection
new Alias("wrong", {});
// @ts-expect-error -- an output is not a text
export const plain: string = docs.collectionName;
`;
