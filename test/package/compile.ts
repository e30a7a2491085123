import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Consumer } from "./consumer";

/** Compiles a consumer's files with its own TypeScript, including the declarations of all packages. */
export async function compile(
    { dir }: Consumer,
    files: string[],
    compilerOptions: Record<string, unknown>,
): Promise<string[]> {
    const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false };
    const options = { target: "es2022", types: ["node"], noEmit: true, ...strict, ...compilerOptions };
    await writeFile(join(dir, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files }));
    const lines = (await runCompiler(dir)).split("\n");
    return lines.filter((line) => isError(line) && !isForeign(line));
}

const isError = (line: string) => /error TS\d+/.test(line);

/** The compiler's errors. If it fails without an error message, it did not run, and this throws. */
async function runCompiler(dir: string): Promise<string> {
    const tsc = join(dir, "node_modules/typescript/bin/tsc");
    try {
        const { stdout } = await promisify(execFile)(process.execPath, [tsc, "--pretty", "false"], {
            cwd: dir,
        });
        return stdout;
    } catch (error) {
        const { stdout } = error as { stdout?: string };
        if (stdout === undefined || !isError(stdout)) throw error;
        return stdout;
    }
}

/** Errors in the declarations of other packages are ignored. */
function isForeign(line: string): boolean {
    return line.includes("node_modules/") && !line.includes("node_modules/pulumi-milvus/");
}
