import { readFileSync } from "node:fs";
import { join } from "node:path";

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
};

/**
 * A description with an example in each language, in the form that the generators of SDKs and of the Registry read: each takes
 * its own language. Source: Pulumi docs, "Pulumi package schema", descriptions.
 */
export function withExample(name: string, description: string): string {
    const examples = calls[name] ? callOf(name, calls[name]) : programTexts();
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
        Object.entries(programs).map(([word, file]) => [
            word,
            readFileSync(join(__dirname, "..", "examples", file), "utf8"),
        ]),
    );
}

function callOf(name: string, { args, output }: (typeof calls)[string]): Record<string, string> {
    const given = Object.entries(args);
    const listed = (text: (name: string, value: string) => string) =>
        given.map(([key, value]) => text(key, JSON.stringify(value))).join(", ");
    const object = given.length > 0 ? `{ ${listed((key, value) => `${key}: ${value}`)} }` : "";
    const titled = (text: string) => text[0]!.toUpperCase() + text.slice(1);
    const snake = (text: string) => text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
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
