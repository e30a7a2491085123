import { join } from "node:path";

import { expect } from "chai";
import ts from "typescript";

import { recorded } from "../../provider/plan/offline";
import { planCollection } from "../../provider/plan/plan";
import { renderPlan } from "../../provider/plan/render/text";
import { servers } from "../plan/servers";
import { root, textOf } from "./pages";
import { block, blockOnce, declared, programs } from "./readme";

const mostWords = 1300;

describe("README", () => {
    it(`has at most ${mostWords} words`, () => {
        const words = textOf("README.md")
            .split(/\s+/)
            .filter((word) => /[\p{L}\p{N}]/u.test(word));
        expect(words.length).to.be.at.most(mostWords);
    });

    it("shows programs that compile", function () {
        this.timeout(5 * 60_000);
        const { first, changed } = programs();
        const found = mistakes({ first, changed, wrong: first.replace('"Int64"', '"Int46"') });
        expect(found.first).to.deep.equal([]);
        expect(found.changed).to.deep.equal([]);
        expect(found.wrong).to.have.length(1);
    });

    it("shows the preview of its change", () => {
        const { first, changed } = programs();
        const [deployed, target] = [declared(first), declared(changed)];
        const plan = planCollection({
            deployed,
            target,
            source: { ...recorded(deployed), name: "docs_3fa9c1d" },
            rows: 10_000,
            bytes: 44_000_000,
            estimate: { seconds: 12 },
            capabilities: servers["milvus-2.6.18"]!,
            unknowns: false,
        });
        const lines = renderPlan(plan, { name: "docs" }).join("\n");
        expect(blockOnce("preview", lines)).to.equal(lines);
    });

    it("names only scripts that exist", () => {
        const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
        const named = [...block("try").matchAll(/npm (?:run )?(\w+)/g)].map(([, name]) => name!);
        expect(Object.keys(scripts)).to.include.members(named.filter((name) => name !== "ci"));
    });
});

/** The compiler's errors in programs that import the package by its name. */
function mistakes<Name extends string>(texts: Record<Name, string>): Record<Name, string[]> {
    const options: ts.CompilerOptions = {
        strict: true,
        noEmit: true,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        target: ts.ScriptTarget.ES2022,
        paths: { "pulumi-milvus": [join(root, "sdk", "index.ts")] },
    };
    const pathOf = (name: string) => join(root, "test", "docs", `readme.${name}.ts`);
    const entries = Object.entries<string>(texts);
    const files = new Map(entries.map(([name, text]) => [pathOf(name), text]));
    const disk = ts.createCompilerHost(options);
    const host: ts.CompilerHost = {
        ...disk,
        fileExists: (path) => files.has(path) || disk.fileExists(path),
        readFile: (path) => files.get(path) ?? disk.readFile(path),
        getSourceFile: (path, language) => {
            const text = files.get(path);
            return text === undefined
                ? disk.getSourceFile(path, language)
                : ts.createSourceFile(path, text, language);
        },
    };
    const program = ts.createProgram([...files.keys()], options, host);
    // Only the programs: `npm run check:types` covers what they import.
    const found = entries.map(([name]) => {
        const file = program.getSourceFile(pathOf(name));
        const diagnostics = [
            ...program.getSyntacticDiagnostics(file),
            ...program.getSemanticDiagnostics(file),
        ];
        return [name, diagnostics.map((one) => ts.flattenDiagnosticMessageText(one.messageText, "\n"))];
    });
    return Object.fromEntries(found) as Record<Name, string[]>;
}
