import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { checkout } from "./project";

let built: Promise<string> | undefined;

/** The folder of the Node SDK as npm would publish it, compiled once a run. */
export function nodeSdk(): Promise<string> {
    return (built ??= build());
}

async function build(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-milvus-node-sdk-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    await cp(join(checkout, "sdks/nodejs"), folder, { recursive: true });
    await symlink(join(checkout, "node_modules"), join(folder, "node_modules"), "dir");
    const { default: ts } = await import("typescript");
    const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
        config: { files: string[] };
    };
    const program = ts.createProgram(
        config.files.map((file) => join(folder, file)),
        {
            target: ts.ScriptTarget.ES2022,
            module: ts.ModuleKind.CommonJS,
            moduleResolution: ts.ModuleResolutionKind.Bundler,
            declaration: true,
            strict: true,
            skipLibCheck: true,
            types: ["node"],
        },
    );
    const wrong = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
    if (wrong.length > 0)
        throw new Error(
            ts.formatDiagnostics(wrong, {
                getCanonicalFileName: (name) => name,
                getCurrentDirectory: () => folder,
                getNewLine: () => "\n",
            }),
        );
    for (const file of config.files) await rm(join(folder, file));
    return folder;
}
