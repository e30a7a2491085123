import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { codeBlocksOf, sourceOf, sourceText, withSources } from "../../../scripts/codeBlocks";
import { root } from "../pages";
import { isOutput, walkedPages } from "../walk/walk";
import { blocks, checked } from "./checked";
import { notMade, notRead } from "./exceptions";
import { mistakesInYaml } from "./pulumiYaml";
import { mistakesInPython, mistakesInShell, mistakesInSyntax } from "./shell";
import { mistakesInJavaScript, mistakesInPrograms } from "./typescript";

const languages = ["ts", "js", "yaml", "json", "python", "sh", "console", "text", "diff", "mermaid", "go"];
const of = (language: string) => checked().filter((one) => one.language === language);
const told = (place: string, mistakes: readonly string[]) => mistakes.map((one) => `${place}: ${one}`);

describe("the code blocks of the documentation", () => {
    it("have a language that a test reads", () => {
        const other = checked().filter(
            ({ language }) => !languages.includes(language) && !(language in notRead),
        );
        expect(other.map(({ place, language }) => `${place}: ${language}`)).to.deep.equal([]);
    });

    it("show files as they are: otherwise run `npm run docs`", () => {
        const shown = blocks.filter((block) => sourceOf(block) !== undefined);
        for (const block of shown)
            expect(block.text, `${block.page}:${block.line}`).to.equal(sourceText(sourceOf(block)!));
    });

    it("are TypeScript programs that compile", function () {
        this.timeout(5 * 60_000);
        const { wrong, ...others } = mistakesInPrograms();
        expect(wrong).to.have.length(1);
        const found = Object.entries(others).flatMap(([place, mistakes]) => told(place, mistakes));
        expect(found).to.deep.equal([]);
    });

    it("are JavaScript", () => {
        const found = of("js").flatMap(({ place, text }) => told(place, mistakesInJavaScript(text)));
        expect(found).to.deep.equal([]);
        expect(mistakesInJavaScript("const a = ;")).to.have.length(1);
    });

    it("are YAML, and programs that the package schema describes", () => {
        const found = of("yaml").flatMap(({ place, text }) => told(place, mistakesInYaml(text)));
        expect(found).to.deep.equal([]);
    });

    it("are JSON", () => {
        for (const { place, text } of of("json")) expect(() => void JSON.parse(text), place).to.not.throw();
    });

    it("are Python", function () {
        const found = mistakesInPython(["x = = 1", ...of("python").map(({ text }) => text)]);
        if (found === undefined) return this.skip();
        expect(found).to.have.length(1);
    });

    it("are command lines that the commands take", () => {
        const scripts = [
            ...of("sh"),
            ...of("console").map((one) => ({ ...one, text: commandsOf(one.text) })),
        ];
        const found = scripts.flatMap(({ place, text }) => told(place, mistakesInShell(text)));
        expect(found).to.deep.equal([]);
        expect(mistakesInSyntax(scripts.map(({ text }) => text).join("\n"))).to.equal("");
    });

    it("are output that a test makes", () => {
        const tests = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
            .filter((file) => /^(docs|examples|package)\/.*\.ts$/.test(file))
            .map((file) => readFileSync(join(root, "test", file), "utf8"))
            .join("\n");
        const walked = walkedPages();
        const unmade = of("text")
            .filter(({ block }) => !(isOutput(block) && walked.includes(block.page)))
            .map(({ block: { page, name } }) => ({ page, name }))
            .filter(
                ({ page, name }) =>
                    name === "" || !(tests.includes(`"${name}"`) || `${page} ${name}` in notMade),
            );
        expect(unmade).to.deep.equal([]);
    });

    it("are Go only where they show a file, which a test compiles", () => {
        expect(of("go").map(({ place }) => place)).to.deep.equal([]);
    });
});

/** The commands of a block that shows them with their output. */
const commandsOf = (text: string) =>
    text
        .split("\n")
        .filter((line) => line.startsWith("$ "))
        .map((line) => line.slice(2))
        .join("\n");

describe("the check of code blocks", () => {
    it("finds what a YAML program gets wrong", () => {
        const program = (properties: string) =>
            `resources:\n  docs: { type: milvus:Collection, properties: ${properties} }\noutputs: { a: "\${docs.nothing}" }`;
        expect(
            mistakesInYaml(program("{ fields: [{ name: id, dataTyp: Int64, dim: eight }], more: 1 }")),
        ).to.deep.equal([
            "docs.fields[0]: dataType is missing",
            "docs.fields[0]: there is no property dataTyp",
            "docs.fields[0].dim is no number",
            "docs: there is no property more",
            "docs has no output nothing",
        ]);
        expect(mistakesInYaml("a: [")).to.have.length(1);
        expect(mistakesInYaml("config: { milvus:adress: x }")).to.have.length(1);
    });

    it("finds what a command line gets wrong", () => {
        const lines = [
            "npx pulumi-milvus alter --collektion docs",
            "npm run nothing && pulumi-milvus stauts",
            "pulumi config set milvus:adress localhost:19530",
        ];
        expect(mistakesInShell(lines.join("\n"))).to.have.length(4);
        expect(
            mistakesInShell("npx pulumi-milvus status --watch # as long as it runs\nnpm run docs"),
        ).to.deep.equal([]);
        expect(mistakesInSyntax("echo 'open")).to.not.equal("");
    });

    it("writes a region of a file into a page, and a change behind it is read", () => {
        const page = "- list:\n\n  ```yaml examples/yaml/Pulumi.yaml\n  old: text\n  ```\n";
        const [block] = codeBlocksOf("README.md", withSources("README.md", page));
        expect(block!.text).to.equal(sourceText({ file: "examples/yaml/Pulumi.yaml" }));
        const change = `${withSources("README.md", page)}\n\`\`\`diff change\n-name: documents\n+name: pages\n\`\`\`\n`;
        expect(checked(codeBlocksOf("README.md", change))[0]!.text).to.match(/^name: pages$/m);
    });
});
