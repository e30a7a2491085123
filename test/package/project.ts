import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Program } from "../../scripts/engine/program";
import type { Consumer } from "./consumer";
import type { Language } from "./languages";

const compilerOptions = {
    strict: true,
    target: "es2020",
    module: "nodenext",
    moduleResolution: "nodenext",
    types: ["node"],
};

/** Turns a consumer's folder into a Pulumi project in this language, and removes the files of an earlier one. */
export async function startProject({ dir }: Consumer, { entry, type }: Language): Promise<Program> {
    const project = "packed";
    const write = (file: string, text: string) => writeFile(join(dir, file), text);
    const entries = ["index.ts", "index.js", "tsconfig.json"];
    const dispose = async () => {
        for (const file of entries) await rm(join(dir, file), { force: true });
    };
    await dispose();
    const installed = JSON.parse(await readFile(join(dir, "package.json"), "utf8")) as object;
    await write("package.json", JSON.stringify({ ...installed, name: project, type }));
    const typescript = entry === "index.ts";
    await write(
        "Pulumi.yaml",
        `name: ${project}\nruntime:\n  name: nodejs\n  options:\n    typescript: ${typescript}\n`,
    );
    if (typescript) await write("tsconfig.json", JSON.stringify({ compilerOptions, files: [entry] }));
    return { dir, project, write, dispose };
}
