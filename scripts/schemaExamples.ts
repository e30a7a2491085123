import { sourceText } from "./codeBlocks";

/** Programs in examples/ that declare a collection and its alias, by the word of their code fence. */
const programs = {
    typescript: "typescript/index.ts",
    python: "python/__main__.py",
    go: "go/main.go",
    yaml: "yaml/Pulumi.yaml",
};

/** What a function is called with in the examples, and the part of its result that they export. */
const calls: Readonly<Record<string, { args: Record<string, string>; output: string }>> = {
    getCollection: { args: { name: "docs" }, output: "rowCount" },
    getAlias: { args: { name: "docs" }, output: "collection" },
    getCollections: { args: { database: "library" }, output: "names" },
    getServer: { args: {}, output: "version" },
    getDatabase: { args: { name: "library" }, output: "properties" },
    getDatabases: { args: {}, output: "names" },
    getResourceGroup: { args: { name: "heavy" }, output: "nodes" },
    getResourceGroups: { args: {}, output: "names" },
    getPrivilegeGroups: { args: {}, output: "names" },
    getRole: { args: { name: "reader" }, output: "users" },
    getRoles: { args: {}, output: "names" },
    getUser: { args: { name: "alice" }, output: "roles" },
    getUsers: { args: {}, output: "names" },
};

/** What a resource without rows is declared with in the examples: the logical name, and the arguments. */
const declarations: Readonly<Record<string, { name: string; args: Record<string, ExampleValue> }>> = {
    Partition: { name: "english", args: { collection: "docs", name: "en" } },
    ResourceGroup: { name: "heavy", args: { requests: 2, limits: 4 } },
    Database: { name: "library", args: { properties: { "database.max.collections": "100" } } },
    Grant: { name: "readers", args: { role: "reader", privileges: ["Search", "Query"], collection: "docs" } },
    PrivilegeGroup: { name: "ingest", args: { privileges: ["Insert", "Upsert", "Flush"] } },
    Role: { name: "reader", args: { name: "reader" } },
    User: { name: "alice", args: { password: "a secret of the stack", roles: ["reader"] } },
};

type ExampleValue = string | number | boolean | string[] | Record<string, string>;

/**
 * A description with an example in each language, in the form that the generators of SDKs and of the Registry read: each takes
 * its own language. Source: Pulumi docs, "Pulumi package schema", descriptions.
 */
export function withExample(name: string, description: string): string {
    const examples = calls[name]
        ? callOf(name, calls[name])
        : declarations[name]
          ? declarationOf(name, declarations[name])
          : programTexts();
    const fences = Object.entries(examples).map(([word, text]) => `\`\`\`${word}\n${text.trimEnd()}\n\`\`\``);
    return [
        description,
        "{{% examples %}}\n## Example Usage\n{{% example %}}",
        ...fences,
        "{{% /example %}}\n{{% /examples %}}",
    ].join("\n\n");
}

function programTexts(): Record<string, string> {
    return Object.fromEntries(
        Object.entries(programs).map(([word, file]) => [word, sourceText({ file: `examples/${file}` })]),
    );
}

function declarationOf(type: string, { name, args }: (typeof declarations)[string]): Record<string, string> {
    const given = Object.entries(args);
    const quoted = JSON.stringify(name);
    const object = `{ ${given.map(([key, value]) => `${key}: ${jsonText(value)}`).join(", ")} }`;
    const python = given.map(([key, value]) => `${snake(key)}=${pythonText(value)}`).join(", ");
    const go = given.map(([key, value]) => `\t${titled(key)}: ${goText(value)},\n`).join("");
    const yaml = given.map(([key, value]) => `\n      ${key}: ${jsonText(value)}`).join("");
    return {
        typescript: `import * as milvus from "@pulumi-milvus/milvus";

const ${name} = new milvus.${type}(${quoted}, ${object});`,
        python: `import pulumi_milvus as milvus

${name} = milvus.${type}(${quoted}, ${python})`,
        go: `_, err := milvus.New${type}(ctx, ${quoted}, &milvus.${type}Args{\n${go}})
if err != nil {
\treturn err
}`,
        yaml: `resources:
  ${name}:
    type: milvus:${type}
    properties:${yaml}`,
    };
}

/** As JavaScript and YAML write it. */
function jsonText(value: ExampleValue): string {
    if (Array.isArray(value)) return `[${value.map((one) => JSON.stringify(one)).join(", ")}]`;
    if (typeof value !== "object") return JSON.stringify(value);
    return `{ ${Object.entries(value)
        .map(([key, one]) => `${JSON.stringify(key)}: ${JSON.stringify(one)}`)
        .join(", ")} }`;
}

function pythonText(value: ExampleValue): string {
    return typeof value === "boolean"
        ? titled(String(value))
        : jsonText(value).replace(/^\{ | \}$/g, (end) => end.trim());
}

function goText(value: ExampleValue): string {
    if (typeof value === "boolean") return `pulumi.Bool(${String(value)})`;
    if (typeof value === "number") return `pulumi.Int(${value})`;
    if (typeof value === "string") return `pulumi.String(${JSON.stringify(value)})`;
    const text = (one: string) => `pulumi.String(${JSON.stringify(one)})`;
    if (Array.isArray(value)) return `pulumi.StringArray{${value.map(text).join(", ")}}`;
    const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${text(one)}`);
    return `pulumi.StringMap{${entries.join(", ")}}`;
}

const titled = (text: string) => text[0]!.toUpperCase() + text.slice(1);
const snake = (text: string) => text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function callOf(name: string, { args, output }: (typeof calls)[string]): Record<string, string> {
    const given = Object.entries(args);
    const listed = (text: (name: string, value: string) => string) =>
        given.map(([key, value]) => text(key, JSON.stringify(value))).join(", ");
    const object = given.length > 0 ? `{ ${listed((key, value) => `${key}: ${value}`)} }` : "";
    const goArgs = `milvus.${titled(name)}OutputArgs{${listed((key, value) => `${titled(key)}: pulumi.String(${value})`)}}`;
    return {
        typescript: `import * as milvus from "@pulumi-milvus/milvus";

const found = milvus.${name}Output(${object});
export const ${output} = found.${output};`,
        python: `import pulumi
import pulumi_milvus as milvus

found = milvus.${snake(name)}_output(${listed((key, value) => `${snake(key)}=${value}`)})
pulumi.export("${output}", found.${snake(output)})`,
        go: `found := milvus.${titled(name)}Output(ctx, ${goArgs}, nil)
ctx.Export("${output}", found.${titled(output)}())`,
        yaml: `variables:
  found:
    fn::invoke:
      function: milvus:${name}
      arguments: ${object || "{}"}
outputs:
  ${output}: \${found.${output}}`,
    };
}
