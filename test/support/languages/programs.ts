import type { FieldArguments } from "../data/field";

/** A collection with an alias, as a program of each language declares it. */
export interface Declared {
    /** Name of the alias, which is the logical name of the collection, too. */
    name: string;
    fields: readonly FieldArguments[];
    properties?: Record<string, number>;
    /** Of the server: then the collection and its alias have an explicit provider each. */
    address?: string;
    /** Of the plugin, in YAML. */
    version?: string;
}

const providers = ["first", "second"] as const;

/** JSON is YAML, and TypeScript. */
const listOf = (fields: readonly FieldArguments[]) => JSON.stringify(fields);

export const yamlProgram = (declared: Declared): string => {
    const { name, fields, properties = {}, address, version } = declared;
    // A resource is of the version of its provider.
    const versioned = version === undefined ? {} : { version };
    const ofProviders = `options: ${JSON.stringify(versioned)}`;
    const of = (provider: string) =>
        `options: ${JSON.stringify(address === undefined ? versioned : { provider: `\${${provider}}` })}`;
    return `name: milvus-test
runtime: yaml
resources:${providersOf(
        declared,
        (provider) => `
  ${provider}: { type: "pulumi:providers:milvus", properties: { address: "${address}" }, ${ofProviders} }`,
    )}
  docs:
    type: milvus:Collection
    name: ${name}
    properties:
      fields: ${listOf(fields)}
      properties: ${JSON.stringify(properties)}
      migration: { grace: 0 }
    ${of("first")}
  live:
    type: milvus:Alias
    properties: { name: ${name}, collection: "\${docs.collectionName}" }
    ${of("second")}
${address === undefined && version === undefined ? yamlLookUp : ""}outputs:
  collection: \${docs.collectionName}
${address === undefined && version === undefined ? "  server: ${seen.server}\n" : ""}`;
};

const yamlLookUp = `variables:
  seen:
    fn::invoke:
      function: milvus:getServer
      arguments: {}
`;

const providersOf = ({ address }: Declared, write: (provider: string) => string): string =>
    address === undefined ? "" : providers.map(write).join("");

export const typescriptProgram = (declared: Declared): string => {
    const { name, fields, properties = {}, address } = declared;
    const of = (provider: string) => (address === undefined ? "" : `, { provider: ${provider} }`);
    const args = `{ fields: ${listOf(fields)}, properties: ${JSON.stringify(properties)}, migration: { grace: 0 } }`;
    return `
import * as milvus from "@pulumi-milvus/milvus";
${providersOf(declared, (one) => `const ${one} = new milvus.Provider("${one}", { address: "${address}" });\n`)}
const docs = new milvus.Collection("${name}", ${args}${of("first")});
new milvus.Alias("live", { name: "${name}", collection: docs.collectionName }${of("second")});
export const collection = docs.collectionName;
${address === undefined ? "export const server = milvus.getServerOutput().server;" : ""}
`;
};

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const pythonValue = (value: unknown): string =>
    typeof value === "boolean" ? (value ? "True" : "False") : JSON.stringify(value);
const pythonField = (field: FieldArguments): string =>
    Object.entries(field)
        .map(([key, value]) => `"${snake(key)}": ${pythonValue(value)}`)
        .join(", ");

export const pythonProgram = (declared: Declared): string => {
    const { name, fields, properties = {}, address } = declared;
    const of = (provider: string) =>
        address === undefined ? "" : `, opts=pulumi.ResourceOptions(provider=${provider})`;
    return `
import pulumi
import pulumi_milvus as milvus

${providersOf(declared, (one) => `${one} = milvus.Provider("${one}", address="${address}")\n`)}
docs = milvus.Collection("${name}", fields=[${fields.map((field) => `{${pythonField(field)}}`).join(", ")}],
    properties=${JSON.stringify(properties)}, migration={"grace": 0}${of("first")})
milvus.Alias("live", name="${name}", collection=docs.collection_name${of("second")})
pulumi.export("collection", docs.collection_name)
${address === undefined ? 'pulumi.export("server", milvus.get_server_output().server)' : ""}
`;
};

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

export const goProgram = (declared: Declared): string => {
    const { name, fields, properties = {}, address } = declared;
    const of = (provider: string) => (address === undefined ? "" : `, pulumi.Provider(${provider})`);
    const entries = Object.entries(properties).map(([key, value]) => `"${key}": pulumi.Int(${value})`);
    return `package main

import (
	"github.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {${providersOf(
        declared,
        (one) => `
		${one}, err := milvus.NewProvider(ctx, "${one}", &milvus.ProviderArgs{Address: pulumi.String("${address}")})
		if err != nil {
			return err
		}`,
    )}
		docs, err := milvus.NewCollection(ctx, "${name}", &milvus.CollectionArgs{
			Fields: milvus.FieldArray{
${fields.map((field) => `\t\t\t\t&milvus.FieldArgs{${goField(field)}},`).join("\n")}
			},
			Properties: pulumi.Map{${entries.join(", ")}},
			Migration: &milvus.MigrationArgs{Grace: pulumi.Float64(0)},
		}${of("first")})
		if err != nil {
			return err
		}
		if _, err := milvus.NewAlias(ctx, "live", &milvus.AliasArgs{Name: pulumi.String("${name}"), Collection: docs.CollectionName}${of("second")}); err != nil {
			return err
		}
		ctx.Export("collection", docs.CollectionName)
${address === undefined ? '\t\tctx.Export("server", milvus.GetServerOutput(ctx, milvus.GetServerOutputArgs{}, nil).Server())' : ""}
		return nil
	})
}
`;
};
