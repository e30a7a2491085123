import { readdirSync } from "node:fs";
import { join } from "node:path";

import { build, type Metafile } from "esbuild";

import { appendTo } from "../provider/inputs/values/appendTo";

const root = join(__dirname, "..");
const servers = "test/support/servers/index.ts";

/**
 * The test files that may start a server: those that import it, themselves or through what they import. A lane of a server
 * reads no others: reading all of them takes seconds of CPU.
 */
export async function serverTests(): Promise<string[]> {
    const tests = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".test.ts"))
        .map((name) => `test/${name.replaceAll("\\", "/")}`)
        .sort();
    const { metafile } = await build({
        entryPoints: tests,
        absWorkingDir: root,
        bundle: true,
        packages: "external",
        platform: "node",
        // Each file is printed once, not once for each test that reaches it.
        format: "esm",
        splitting: true,
        outdir: "unwritten",
        write: false,
        metafile: true,
        logLevel: "error",
    });
    if (!(servers in metafile.inputs)) throw new Error(`no test imports ${servers}`);
    const reaching = importersOf(servers, metafile.inputs);
    return tests.filter((file) => reaching.has(file));
}

function importersOf(target: string, inputs: Metafile["inputs"]): Set<string> {
    const importers = new Map<string, string[]>();
    for (const [file, { imports }] of Object.entries(inputs))
        for (const { path } of imports) appendTo(importers, path, file);
    const reached = new Set([target]);
    for (const file of reached) for (const importer of importers.get(file) ?? []) reached.add(importer);
    return reached;
}
