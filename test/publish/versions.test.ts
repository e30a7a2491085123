import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { dependents, otherVersions, withVersion } from "../../scripts/publish/versions";

const root = join(__dirname, "..", "..");

/** The files that state the version, and where each is written from. */
const stated: Readonly<Record<string, string>> = {
    "package-lock.json": "npm install --package-lock-only",
    "schema.json": "npm run docs",
    "man/pulumi-milvus.1": "npm run docs",
    "sdks/nodejs/package.json": "npm run sdks",
    "sdks/python/pyproject.toml": "npm run sdks",
    "sdks/python/pulumi_milvus/pulumi-plugin.json": "npm run sdks",
    "sdks/go/milvus/pulumi-plugin.json": "npm run sdks",
    "sdks/go/milvus/internal/pulumiUtilities.go": "npm run sdks",
};

interface Dependencies {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
}

const packageOf = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8")) as Dependencies;

describe("the version", () => {
    let copy: string;
    const edit = (file: string, change: (text: string) => string) =>
        writeFileSync(join(copy, file), change(readFileSync(join(copy, file), "utf8")));
    beforeEach(() => {
        copy = mkdtempSync(join(tmpdir(), "pulumi-milvus-versions-"));
        for (const file of ["package.json", ...Object.keys(stated), ...dependents(root)])
            cpSync(join(root, file), join(copy, file), { recursive: true });
    });
    afterEach(() => rmSync(copy, { recursive: true, force: true }));

    it("is the same in every file: otherwise run what the message says", () => {
        expect(otherVersions(root)).to.deep.equal([]);
    });

    it("is missed where package.json alone is raised, with the command that writes each file", () => {
        edit("package.json", (text) => text.replace(/"version": "[^"]*"/, '"version": "9.8.7"'));
        const found = otherVersions(copy);
        for (const [file, remedy] of Object.entries(stated))
            expect(found.filter((one) => one.startsWith(`${file} says`))).to.satisfy(
                ([one, ...more]: string[]) => one!.endsWith(`run \`${remedy}\``) && more.length === 0,
                file,
            );
        const apart = ["tenants", "monorepo/packages/documents"].map((name) => `examples/${name}`);
        for (const folder of ["plugin", "templates/milvus-typescript", ...apart])
            expect(found.join("\n")).to.include(`${folder}/package.json says`);
    });

    it("of Pulumi is one that runs on Node 20, for everybody who copies a program", () => {
        const tested = packageOf("package.json").devDependencies!["@pulumi/pulumi"]!;
        for (const file of dependents(root).filter((one) => one.endsWith("package.json"))) {
            const named = packageOf(file).dependencies?.["@pulumi/pulumi"];
            // npm takes the newest of `^`, which needs a later Node.
            if (named !== undefined) expect(named, file).to.be.oneOf([tested, `~${tested}`]);
        }
    });

    it("is missed where a generated file has lost it", () => {
        edit("sdks/python/pyproject.toml", (text) => text.replace(/^ {2}version.*$/m, ""));
        expect(otherVersions(copy)).to.have.length(1);
        expect(otherVersions(copy)[0]).to.include("pyproject.toml says no version");
    });

    it("is written into every program that depends on the package, and its range stays", () => {
        const lines = [
            `{ "dependencies": { "pulumi-milvus": "^0.1.0", "@pulumi-milvus/milvus": "0.1.0", "other": "0.1.0" } }`,
            "pulumi_milvus==0.1.0\npulumi>=3.0.0",
            "\tgithub.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus v0.1.0\n\tgithub.com/pulumi/pulumi/sdk/v3 v3.248.0",
        ];
        expect(lines.map((line) => withVersion(line, "2.0.0-rc.1"))).to.deep.equal([
            `{ "dependencies": { "pulumi-milvus": "^2.0.0-rc.1", "@pulumi-milvus/milvus": "2.0.0-rc.1", "other": "0.1.0" } }`,
            "pulumi_milvus==2.0.0-rc.1\npulumi>=3.0.0",
            "\tgithub.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus v2.0.0-rc.1\n\tgithub.com/pulumi/pulumi/sdk/v3 v3.248.0",
        ]);
    });
});
