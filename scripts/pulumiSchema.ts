import { readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { Role, User } from "../provider/inputs/schema/access";
import { Alias } from "../provider/inputs/schema/alias";
import {
    CollectionFunction,
    CollectionInputs,
    IndexInputs,
    Load,
} from "../provider/inputs/schema/collection";
import { Connection, ConnectionArgument } from "../provider/inputs/schema/connection";
import { Database } from "../provider/inputs/schema/database";
import { Grant } from "../provider/inputs/schema/grant";
import { PrivilegeGroup } from "../provider/inputs/schema/privilegeGroup";
import { dataTypes, dataTypeTexts } from "../provider/inputs/schema/dataType";
import { Field, StructField } from "../provider/inputs/schema/field";
import { Gate } from "../provider/inputs/schema/gate";
import { MigrationInputs, Transform } from "../provider/inputs/schema/migration";
import { MigrationState } from "../provider/inputs/schema/migrationState";
import { Retention, RollbackTarget } from "../provider/inputs/schema/retention";
import { Partition } from "../provider/inputs/schema/partition";
import { ResourceGroup } from "../provider/inputs/schema/resourceGroup";
import { choices } from "../provider/resource/context/policy";
import { lookups, RolePlace } from "../provider/resource/lookup";
import { type Node, objectKey } from "./argumentType";
import { approvedPlan, policies, telemetryTexts } from "./reference";
import { withExample } from "./schemaExamples";

/** A Pulumi package schema, or a part of it. Source: Pulumi docs, "Pulumi package schema". */
type Schema = Record<string, unknown>;

const nodeOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Node;

/** Objects that have a type of their own in every SDK. */
const named = {
    Field,
    StructField,
    Index: IndexInputs,
    CollectionFunction,
    Load,
    Migration: MigrationInputs,
    Transform,
    Gate,
    MigrationState,
    Retention,
    RollbackTarget,
    Connection: ConnectionArgument,
    RolePlace,
};
const names = new Map(Object.entries(named).map(([name, schema]) => [objectKey(nodeOf(schema)), name]));

const any = { $ref: "pulumi.json#/Any" };
const secrets: ReadonlySet<string> = new Set(["token", "password"]);
const dataTypeWords = dataTypes.join();

/** The type of an argument. A data type may be one that a later server has, so its enum takes other text, too. */
function typeOf(node: Node): Schema {
    const { $ref, enum: words, anyOf, items, properties, type, additionalProperties } = node;
    // Only a JSON value is recursive.
    if ($ref !== undefined) return any;
    if (words) return words.join() === dataTypeWords ? relaxed("DataType") : { type: "string" };
    if (anyOf) return unionOf(anyOf);
    if (items) return { type: "array", items: typeOf(items) };
    if (properties) return { $ref: `#/types/milvus:index:${nameOf(node)}` };
    if (additionalProperties) return { type: "object", additionalProperties: typeOf(additionalProperties) };
    // Values of several plain types have no type of their own in most languages.
    if (Array.isArray(type)) return any;
    if (type === "string" || type === "boolean" || type === "integer" || type === "number") return { type };
    throw new Error(`no Pulumi type for ${JSON.stringify(node)}`);
}

/** An object or a plain value, such as `load`, is a union in every language; other unions are JSON. */
function unionOf(anyOf: readonly Node[]): Schema {
    const types = anyOf.map(typeOf);
    return types.some(({ $ref }) => $ref !== undefined && $ref !== any.$ref) ? { oneOf: types } : any;
}

const relaxed = (name: string): Schema => ({
    oneOf: [{ type: "string" }, { type: "string", $ref: `#/types/milvus:index:${name}` }],
});

function nameOf(node: Node): string {
    const name = names.get(objectKey(node));
    if (name === undefined) throw new Error(`no name for { ${objectKey(node)} }`);
    return name;
}

function propertiesOf({ properties }: Node): Record<string, Schema> {
    return Object.fromEntries(
        Object.entries(properties!).map(([name, node]) => [
            name,
            { ...typeOf(node), description: node.description, ...(secrets.has(name) && { secret: true }) },
        ]),
    );
}

/** Arguments that a program has to give: a default that depends on other arguments is in the description. */
function requiredOf({ properties, required = [] }: Node): string[] {
    return required.filter((name) => !properties![name]!.description?.includes("Default:"));
}

const objectType = (node: Node): Schema => ({
    type: "object",
    description: node.description,
    properties: propertiesOf(node),
    required: requiredOf(node),
});

const outputs = {
    collectionName: { type: "string", description: "Name of the collection on the server." },
    generation: {
        type: "string",
        description: "Seven hex digits, new for every physical collection of the resource.",
    },
    collectionId: {
        type: "string",
        description: "The server's id of the collection. Empty on milvus-lite, which has none.",
    },
};

/** Only while a detached migration is under way. */
const migrationState = {
    $ref: "#/types/milvus:index:MigrationState",
    description: "Where a detached migration stands. Absent where none is under way.",
};

const policy = {
    ...Object.fromEntries(
        Object.entries(choices).map(([name, [first]]) => [
            name,
            {
                type: "string",
                description: `${policies[name as keyof typeof choices]} Default: \`${first}\`.`,
            },
        ]),
    ),
    approvedPlan: {
        type: "string",
        description: `${approvedPlan} Commas separate the entries of a list. Default: every plan is carried out.`,
    },
    metricsPort: {
        type: "integer",
        description: `${telemetryTexts.metricsPort} Default: no metrics. Errors: MV316.`,
    },
    metricsAddress: {
        type: "string",
        description: `${telemetryTexts.metricsAddress} Default: \`127.0.0.1\`. Errors: MV316.`,
    },
};

/** The resources without rows. */
const objects: Readonly<Record<string, z.ZodType>> = {
    Database,
    Grant,
    Partition,
    PrivilegeGroup,
    ResourceGroup,
    Role,
    User,
};

const objectResources = () =>
    Object.fromEntries(
        Object.entries(objects).map(([name, schema]) => {
            const node = nodeOf(schema);
            const properties = propertiesOf(node);
            return [
                `milvus:index:${name}`,
                {
                    description: withExample(name, node.description!),
                    inputProperties: properties,
                    requiredInputs: requiredOf(node),
                    properties,
                    // The default name is an output, too.
                    required: [...requiredOf(node), ...("name" in properties ? ["name"] : [])],
                    aliases: [{ type: `pulumi-nodejs:dynamic/milvus:${name}` }],
                },
            ];
        }),
    );

/** The functions of the package, with their arguments and results. */
const functions = () =>
    Object.fromEntries(
        Object.entries(lookups).map(([name, { args, result }]) => {
            const { description, ...inputs } = objectType(nodeOf(args));
            return [
                `milvus:index:${name}`,
                {
                    description: withExample(name, description as string),
                    inputs,
                    outputs: objectType(nodeOf(result)),
                },
            ];
        }),
    );

const home = "https://github.com/pulumi-milvus/pulumi-milvus";

const readme = `Generated from the package schema of [pulumi-milvus](${home}): its pages are the documentation of this package.`;

/** The package schema that the native provider serves, and from which the SDK of each language is made. */
export function pulumiSchema(): Schema {
    const { version, description } = JSON.parse(
        readFileSync(join(__dirname, "..", "package.json"), "utf8"),
    ) as { version: string; description: string };
    const [collection, alias] = [nodeOf(CollectionInputs), nodeOf(Alias)];
    const settings = { ...propertiesOf(nodeOf(Connection)), ...policy };
    return {
        name: "milvus",
        displayName: "Milvus",
        version,
        description,
        keywords: ["pulumi", "milvus", "zilliz", "vector-database", "category/database", "kind/native"],
        homepage: home,
        repository: home,
        license: "Apache-2.0",
        // The Registry takes a PNG of 100 x 100 (pulumi/registry, .github/pull_request_template.md).
        logoUrl: "https://raw.githubusercontent.com/pulumi-milvus/pulumi-milvus/main/docs/logo.png",
        publisher: "pulumi-milvus",
        pluginDownloadURL: "github://api.github.com/pulumi-milvus/pulumi-milvus",
        config: { variables: settings },
        provider: {
            description: "How resources reach a Milvus server, where they have no `connection` argument.",
            inputProperties: settings,
        },
        types: {
            ...Object.fromEntries(
                Object.entries(named).map(([name, schema]) => [
                    `milvus:index:${name}`,
                    objectType(nodeOf(schema)),
                ]),
            ),
            "milvus:index:DataType": {
                type: "string",
                description: "Milvus' own names of data types.",
                enum: dataTypes.map((value) => ({ value, description: dataTypeTexts[value] })),
            },
        },
        resources: {
            "milvus:index:Collection": {
                description: withExample(
                    "Collection",
                    `${collection.description!} When a schema change needs a new collection, the rows are carried over, verified, and switched in one step.`,
                ),
                inputProperties: propertiesOf(collection),
                requiredInputs: requiredOf(collection),
                properties: { ...propertiesOf(collection), ...outputs, migrationState },
                required: [...requiredOf(collection), ...Object.keys(outputs)],
                aliases: [{ type: "pulumi-nodejs:dynamic/milvus:Collection" }],
            },
            "milvus:index:Alias": {
                description: withExample("Alias", alias.description!),
                inputProperties: propertiesOf(alias),
                requiredInputs: requiredOf(alias),
                properties: propertiesOf(alias),
                required: [...requiredOf(alias), "name"],
                aliases: [{ type: "pulumi-nodejs:dynamic/milvus:Alias" }],
            },
            ...objectResources(),
        },
        functions: functions(),
        language: {
            nodejs: { packageName: "@pulumi-milvus/milvus", respectSchemaVersion: true, readme },
            python: {
                packageName: "pulumi_milvus",
                readme,
                respectSchemaVersion: true,
                pyproject: { enabled: true },
            },
            go: {
                importBasePath: "github.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus",
                respectSchemaVersion: true,
                generateResourceContainerTypes: true,
            },
            csharp: { rootNamespace: "PulumiMilvus", respectSchemaVersion: true },
            java: { basePackage: "io.github.pulumimilvus", buildFiles: "gradle-nexus" },
        },
    };
}
