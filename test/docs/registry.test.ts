import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { root, textOf } from "./pages";

interface Described {
    description?: string;
    properties?: Record<string, Described>;
    inputProperties?: Record<string, Described>;
    inputs?: Described;
    outputs?: Described;
    enum?: { value: string; description?: string }[];
}

interface PackageSchema {
    name: string;
    version: string;
    description: string;
    publisher: string;
    repository: string;
    license: string;
    logoUrl: string;
    keywords: string[];
    pluginDownloadURL: string;
    config: Described & { variables: Record<string, Described> };
    provider: Described;
    types: Record<string, Described>;
    resources: Record<string, Described>;
    functions: Record<string, Described>;
    language: Record<string, Record<string, string>>;
}

const schema = JSON.parse(readFileSync(join(root, "schema.json"), "utf8")) as PackageSchema;
const [index, installation] = ["docs/_index.md", "docs/installation-configuration.md"];
const pages = [index, installation];

/** Fences of a page, by their first word. */
const fences = (page: string) =>
    [...textOf(page).matchAll(/^```(\w+).*\n([\s\S]*?)\n```$/gm)].map(([, word, text]) => ({ word, text }));

/** Every part of the schema that a page of the Registry shows a description of, by its path. */
function parts(path: string, part: Described): [string, string | undefined][] {
    const { properties, inputProperties, inputs, outputs, enum: values = [] } = part;
    return [
        [path, part.description],
        ...[properties, inputProperties].flatMap((list = {}) =>
            Object.entries(list).flatMap(([name, one]) => parts(`${path}.${name}`, one)),
        ),
        ...(inputs ? parts(`${path}(inputs)`, { description: part.description!, ...inputs }) : []),
        ...(outputs ? parts(`${path}(outputs)`, outputs) : []),
        ...values.map((one): [string, string | undefined] => [`${path}#${one.value}`, one.description]),
    ];
}

/**
 * What the Pulumi Registry asks of a community package. Sources, all in pulumi/registry:
 * PR: .github/pull_request_template.md, and PULL_REQUEST_TEMPLATE/community-package.md;
 * TOOL: tools/resourcedocsgen/cmd/metadata.go and pkg/lookup.go;
 * REVIEW: .claude/commands/review-community-package/SKILL.md.
 */
describe("the pages and the schema for the Pulumi Registry", () => {
    for (const page of pages)
        describe(page, () => {
            const text = textOf(page);

            it("begins with front matter that has a title, a description and the layout `package` (TOOL, PR)", () => {
                const [, matter = ""] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [];
                const keys = matter.split("\n").map((line) => line.split(": ")[0]);
                expect(keys).to.have.members(["title", "meta_desc", "layout"]);
                expect(matter).to.match(/^layout: package$/m);
            });

            it("has no relative link or image, because the Registry shows it elsewhere (REVIEW)", () => {
                const targets = [...text.matchAll(/\]\(([^)]*)\)|(?:src|href)="([^"]*)"/g)];
                expect(targets).to.not.deep.equal([]);
                for (const [, link, attribute] of targets) expect(link ?? attribute).to.match(/^https:\/\//);
            });

            it("has no command that runs as root or runs what it has downloaded (REVIEW)", () => {
                expect(text).to.not.match(/\bsudo\b|\b(?:curl|wget)\b.*\|\s*(?:ba)?sh|base64 -d|\beval\b/);
            });

            it("has no braces that Hugo takes for a shortcode (TOOL: sanitize.go)", () => {
                expect(text).to.not.match(/\{\{\s*[<%]/);
            });
        });

    it("has an example in each language of the schema, and in YAML (PR, REVIEW)", () => {
        const words: Record<string, string> = { nodejs: "ts" };
        const wanted = Object.keys(schema.language).map((language) => words[language] ?? language);
        expect(fences(index).map(({ word }) => word)).to.include.members([...wanted, "yaml"]);
    });

    it("uses in C# and Java, which no test compiles, only properties that the schema has", () => {
        const types = ["Collection", "Alias"].map((name) => schema.resources[`milvus:index:${name}`]!);
        const parts = [...types, ...["Field", "Index"].map((name) => schema.types[`milvus:index:${name}`]!)];
        const known = parts.flatMap((part) => Object.keys({ ...part.inputProperties, ...part.properties }));
        const used = fences(index).flatMap(({ word, text }) => {
            if (word === "csharp") return [...text!.matchAll(/\b([A-Z]\w*) =(?:\s|$)/gm)];
            return word === "java" ? [...text!.matchAll(/\.(\w+)\((?!\))/g)] : [];
        });
        const names = used.map(([, name]) => name![0]!.toLowerCase() + name!.slice(1));
        expect(names).to.have.length.above(20);
        expect(
            names.filter((name) => !known.includes(name) && !["run", "export"].includes(name)),
        ).to.deep.equal([]);
    });

    it("links the package of each language, under the names of the schema (PR, REVIEW)", () => {
        const { nodejs, python, go, csharp, java } = schema.language;
        const title = (name: string) => name[0]!.toUpperCase() + name.slice(1);
        for (const [name, address] of [
            [nodejs!["packageName"], `https://www.npmjs.com/package/${nodejs!["packageName"]}`],
            [
                python!["packageName"],
                `https://pypi.org/project/${python!["packageName"]!.replace("_", "-")}/`,
            ],
            [go!["importBasePath"], `https://pkg.go.dev/${go!["importBasePath"]}`],
            [
                `${csharp!["rootNamespace"]}.${title(schema.name)}`,
                `https://www.nuget.org/packages/${csharp!["rootNamespace"]}.${title(schema.name)}`,
            ],
            [
                `${java!["basePackage"]}:${schema.name}`,
                `https://central.sonatype.com/artifact/${java!["basePackage"]}/${schema.name}`,
            ],
        ])
            expect(textOf(installation)).to.include(`[\`${name}\`](${address})`);
    });

    it("shows how to install the plugin, and how to configure it by both ways (PR)", () => {
        const commands = fences(installation)
            .map(({ text }) => text)
            .join("\n");
        expect(commands).to.include(`pulumi plugin install resource ${schema.name} `);
        expect(commands).to.include(`--server ${schema.pluginDownloadURL}`);
        expect(commands).to.include(`pulumi config set ${schema.name}:address`);
        expect(commands).to.include("export MILVUS_ADDRESS=");
    });

    it("lists each setting of the schema, and no other", () => {
        const listed = [...textOf(installation).matchAll(/^\| `milvus:(\w+)`/gm)].map(([, name]) => name);
        expect(listed).to.have.members(Object.keys(schema.config.variables));
    });

    it("describes every resource, property, function, result, type, value and setting", () => {
        const all = [
            ...parts("provider", schema.provider),
            ...Object.entries(schema.config.variables).flatMap(([name, one]) => parts(`config.${name}`, one)),
            ...[schema.types, schema.resources, schema.functions].flatMap((kind) =>
                Object.entries(kind).flatMap(([token, one]) => parts(token, one)),
            ),
        ];
        expect(all).to.have.length.above(350);
        expect(all.filter(([, text]) => (text ?? "").trim() === "").map(([path]) => path)).to.deep.equal([]);
    });

    it("has the name of its repository, a semantic version, a publisher and a description (TOOL)", () => {
        expect(schema.repository).to.equal(`https://github.com/${schema.publisher}/pulumi-${schema.name}`);
        expect(schema.version).to.match(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
        expect(schema.license).to.equal("Apache-2.0");
        expect(schema.description).to.have.length.within(30, 160);
        expect(schema.pluginDownloadURL).to.equal(
            schema.repository.replace("https://github.com/", "github://api.github.com/"),
        );
    });

    it("has one category of the Registry, and says that it is native (TOOL)", () => {
        const categories = ["cloud", "database", "infrastructure", "monitoring", "network", "utility", "vcs"];
        const own = schema.keywords.filter((word) => word.startsWith("category/"));
        expect(own).to.have.length(1);
        expect(categories).to.include(own[0]!.replace("category/", ""));
        expect(schema.keywords).to.include("kind/native").and.not.include("kind/component");
    });

    it("has a logo of 100 by 100 pixels as PNG, at its address in the repository (PR)", () => {
        const address = schema.repository.replace("github.com", "raw.githubusercontent.com");
        const file = schema.logoUrl.replace(`${address}/main/`, "");
        const image = readFileSync(join(root, file));
        expect(image.subarray(0, 8).toString("latin1")).to.equal("\x89PNG\r\n\x1a\n");
        // The header of a PNG has the width at byte 16, and the height behind it.
        expect([image.readUInt32BE(16), image.readUInt32BE(20)]).to.deep.equal([100, 100]);
    });
});
