import type { FieldArguments } from "../data/field";

/** A collection with an alias, as a program of each language declares it. */
export interface Declared {
    /** Name of the alias, which is the logical name of the collection, too. */
    name: string;
    fields: readonly FieldArguments[];
}

/** JSON is YAML, and TypeScript. */
const listOf = (fields: readonly FieldArguments[]) => JSON.stringify(fields);

export const yamlProgram = ({ name, fields }: Declared): string => `name: milvus-test
runtime: yaml
resources:
  docs:
    type: milvus:Collection
    name: ${name}
    properties:
      fields: ${listOf(fields)}
      migration: { grace: 0 }
  live:
    type: milvus:Alias
    properties: { name: ${name}, collection: "\${docs.collectionName}" }
variables:
  seen:
    fn::invoke:
      function: milvus:getServer
      arguments: {}
outputs:
  collection: \${docs.collectionName}
  server: \${seen.server}
`;

export const typescriptProgram = ({ name, fields }: Declared): string => `
import * as milvus from "@pulumi-milvus/milvus";
const docs = new milvus.Collection("${name}", { fields: ${listOf(fields)}, migration: { grace: 0 } });
new milvus.Alias("live", { name: "${name}", collection: docs.collectionName });
export const collection = docs.collectionName;
export const server = milvus.getServerOutput().server;
`;

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const pythonValue = (value: unknown): string =>
    typeof value === "boolean" ? (value ? "True" : "False") : JSON.stringify(value);
const pythonField = (field: FieldArguments): string =>
    Object.entries(field)
        .map(([key, value]) => `"${snake(key)}": ${pythonValue(value)}`)
        .join(", ");

export const pythonProgram = ({ name, fields }: Declared): string => `
import pulumi
import pulumi_milvus as milvus

docs = milvus.Collection("${name}", fields=[${fields.map((field) => `{${pythonField(field)}}`).join(", ")}],
    migration={"grace": 0})
milvus.Alias("live", name="${name}", collection=docs.collection_name)
pulumi.export("collection", docs.collection_name)
pulumi.export("server", milvus.get_server_output().server)
`;

const titled = (text: string) => text[0]!.toUpperCase() + text.slice(1);
const goValue = (key: string, value: unknown): string => {
    if (key === "backfill" || key === "defaultValue") return `pulumi.Any(${JSON.stringify(value)})`;
    if (typeof value === "boolean") return `pulumi.Bool(${String(value)})`;
    return typeof value === "number" ? `pulumi.Int(${value})` : `pulumi.String(${JSON.stringify(value)})`;
};
const goField = (field: FieldArguments): string =>
    Object.entries(field)
        .map(([key, value]) => `${titled(key)}: ${goValue(key, value)}`)
        .join(", ");

export const goProgram = ({ name, fields }: Declared): string => `package main

import (
	"github.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		docs, err := milvus.NewCollection(ctx, "${name}", &milvus.CollectionArgs{
			Fields: milvus.FieldArray{
${fields.map((field) => `\t\t\t\t&milvus.FieldArgs{${goField(field)}},`).join("\n")}
			},
			Migration: &milvus.MigrationArgs{Grace: pulumi.Float64(0)},
		})
		if err != nil {
			return err
		}
		if _, err := milvus.NewAlias(ctx, "live", &milvus.AliasArgs{Name: pulumi.String("${name}"), Collection: docs.CollectionName}); err != nil {
			return err
		}
		ctx.Export("collection", docs.CollectionName)
		ctx.Export("server", milvus.GetServerOutput(ctx, milvus.GetServerOutputArgs{}, nil).Server())
		return nil
	})
}
`;
