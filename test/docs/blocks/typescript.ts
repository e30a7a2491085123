import { join } from "node:path";

import ts from "typescript";

import { root } from "../pages";
import { block } from "../readme";
import { checked, fileName } from "./checked";

let found: Readonly<Record<string, string[]>> | undefined;

/**
 * The compiler's errors in each program of the pages, by its place, and in one that is wrong on purpose (`wrong`). They are compiled
 * together, once a process: a compilation takes a second and more.
 */
export function mistakesInPrograms(): Readonly<Record<string, string[]>> {
    return (found ??= mistakes({
        ...Object.fromEntries(
            checked()
                .filter(({ language, folder }) => language === "ts" && folder !== undefined)
                .map((one) => [one.place, { path: join(one.folder!, fileName(one)), text: one.text }]),
        ),
        wrong: {
            path: "test/docs/blocks/wrong.ts",
            text: block("first-program").replace('"Int64"', '"Int46"'),
        },
    }));
}

const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    // A block without an import is a program of its own, too.
    moduleDetection: ts.ModuleDetectionKind.Force,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
    paths: {
        "pulumi-milvus": [join(root, "sdk", "index.ts")],
        "@pulumi-milvus/milvus": [join(root, "sdks", "nodejs", "index.ts")],
    },
};

/** The compiler's errors in programs that import the package by its name. */
function mistakes(programs: Record<string, { path: string; text: string }>): Record<string, string[]> {
    const entries = Object.entries(programs).map(
        ([name, { path, text }]) => [name, join(root, path), text] as const,
    );
    const files = new Map(entries.map(([, path, text]) => [path, text]));
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
    const answers = entries.map(([name, path]) => {
        const file = program.getSourceFile(path);
        const diagnostics = [
            ...program.getSyntacticDiagnostics(file),
            ...program.getSemanticDiagnostics(file),
        ];
        return [name, diagnostics.map((one) => ts.flattenDiagnosticMessageText(one.messageText, "\n"))];
    });
    return Object.fromEntries(answers) as Record<string, string[]>;
}

/** What keeps a text from being JavaScript. */
export function mistakesInJavaScript(text: string): string[] {
    const compilerOptions = { allowJs: true, target: ts.ScriptTarget.ES2022 };
    const { diagnostics = [] } = ts.transpileModule(text, {
        fileName: "block.mjs",
        reportDiagnostics: true,
        compilerOptions,
    });
    return diagnostics.map((one) => ts.flattenDiagnosticMessageText(one.messageText, "\n"));
}
