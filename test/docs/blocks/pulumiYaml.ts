import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parseAllDocuments } from "yaml";

import { root } from "../pages";

interface Type {
    type?: string;
    $ref?: string;
    items?: Type;
    additionalProperties?: Type;
}
interface Resource {
    properties: Record<string, Type>;
    inputProperties: Record<string, Type>;
    requiredInputs?: string[];
}

const schema = JSON.parse(readFileSync(join(root, "schema.json"), "utf8")) as {
    provider: Resource;
    resources: Record<string, Resource>;
    types: Record<string, { properties?: Record<string, Type>; required?: string[] }>;
    functions: Record<string, { inputs?: { properties: Record<string, Type> } }>;
    config: { variables: Record<string, Type> };
};

type Values = Record<string, unknown>;
const isObject = (value: unknown): value is Values =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** What keeps a text from being YAML, and a Pulumi program in it from being one of this package. */
export function mistakesInYaml(text: string): string[] {
    const documents = parseAllDocuments(text);
    if (!Array.isArray(documents)) return [];
    return documents.flatMap((document) => {
        if (document.errors.length > 0) return document.errors.map(({ message }) => message);
        const value = document.toJS() as unknown;
        return isObject(value) ? [...mistakesInProgram(value), ...mistakesInConfig(value.config)] : [];
    });
}

/** The keys of `config:` in a stack's file. */
function mistakesInConfig(config: unknown): string[] {
    return Object.keys(isObject(config) ? config : {})
        .filter((key) => key.startsWith("milvus:") && !(key.slice(7) in schema.config.variables))
        .map((key) => `there is no setting ${key}`);
}

function mistakesInProgram({ resources, variables, outputs }: Values): string[] {
    const declared = isObject(resources) ? resources : {};
    const types = new Map(
        Object.entries(declared).map(([name, resource]) => [name, resourceOf((resource as Values).type)]),
    );
    return [
        ...Object.entries(declared).flatMap(([name, resource]) =>
            mistakesInResource(name, resource as Values, types.get(name)),
        ),
        ...referencesIn({ resources, variables, outputs })
            .filter(([name, property]) => {
                const type = types.get(name);
                return type && property !== "id" && property !== "urn" && !(property in type.properties);
            })
            .map(([name, property]) => `${name} has no output ${property}`),
    ];
}

/** Undefined for a resource of another package. */
function resourceOf(type: unknown): Resource | undefined {
    if (type === "pulumi:providers:milvus") return schema.provider;
    const [, name] = /^milvus:(?:index:)?(\w+)$/.exec(String(type)) ?? [];
    return name === undefined ? undefined : schema.resources[`milvus:index:${name}`];
}

function mistakesInResource(name: string, resource: Values, type: Resource | undefined): string[] {
    if (!type) return String(resource.type).startsWith("milvus:") ? [`no type ${String(resource.type)}`] : [];
    const given = isObject(resource.properties) ? resource.properties : {};
    return mistakesInValues(name, given, { known: type.inputProperties, required: type.requiredInputs });
}

function mistakesInValues(
    path: string,
    values: Values,
    { known, required = [] }: { known: Record<string, Type>; required?: string[] },
): string[] {
    return [
        ...required.filter((key) => !(key in values)).map((key) => `${path}: ${key} is missing`),
        ...Object.entries(values).flatMap(([key, value]) =>
            known[key]
                ? mistakesInValue(`${path}.${key}`, value, known[key])
                : [`${path}: there is no property ${key}`],
        ),
    ];
}

const scalars: Readonly<Record<string, string>> = { integer: "number", number: "number", boolean: "boolean" };

function mistakesInValue(path: string, value: unknown, type: Type): string[] {
    if (typeof value === "string" && value.includes("${")) return [];
    const object = type.$ref?.startsWith("#/types/")
        ? schema.types[decodeURIComponent(type.$ref.slice("#/types/".length))]
        : undefined;
    if (object?.properties) {
        if (!isObject(value)) return [`${path} is no object`];
        return mistakesInValues(path, value, { known: object.properties, required: object.required });
    }
    if (type.type === "array") {
        if (!Array.isArray(value)) return [`${path} is no list`];
        return value.flatMap((one, place) => mistakesInValue(`${path}[${place}]`, one, type.items ?? {}));
    }
    const scalar = scalars[type.type ?? ""];
    return scalar !== undefined && typeof value !== scalar ? [`${path} is no ${scalar}`] : [];
}

/** `${docs.collectionName}` as `docs` and `collectionName`. */
function referencesIn(value: unknown): [string, string][] {
    const text = JSON.stringify(value) ?? "";
    return [...text.matchAll(/\$\{([\w-]+)\.(\w+)/g)].map(([, name, property]) => [name!, property!]);
}
