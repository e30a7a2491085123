import { createRequire } from "node:module";
import { join } from "node:path";

import type ts from "typescript";

import type { Consumer } from "./consumer";

/** What an editor offers at the `|` of a program's text, as its TypeScript does. */
export function completionsAt({ dir }: Consumer, textWithPlace: string): string[] {
    const compiler = createRequire(join(dir, "index.js"))("typescript") as typeof ts;
    const file = join(dir, "completed.ts");
    const position = textWithPlace.indexOf("|");
    const text = textWithPlace.replace("|", "");
    const options: ts.CompilerOptions = {
        module: compiler.ModuleKind.Node16,
        moduleResolution: compiler.ModuleResolutionKind.Node16,
        strict: true,
        types: [],
    };
    const service = compiler.createLanguageService({
        getScriptFileNames: () => [file],
        getScriptVersion: () => "1",
        getScriptSnapshot: (name) => {
            const content = name === file ? text : compiler.sys.readFile(name);
            return content === undefined ? undefined : compiler.ScriptSnapshot.fromString(content);
        },
        getCurrentDirectory: () => dir,
        getCompilationSettings: () => options,
        getDefaultLibFileName: (given) => compiler.getDefaultLibFilePath(given),
        fileExists: (name) => name === file || compiler.sys.fileExists(name),
        readFile: (name) => compiler.sys.readFile(name),
        directoryExists: (name) => compiler.sys.directoryExists(name),
        getDirectories: (name) => compiler.sys.getDirectories(name),
    });
    return service.getCompletionsAtPosition(file, position, {})?.entries.map(({ name }) => name) ?? [];
}
