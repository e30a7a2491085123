import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * Where a file is that an argument or the configuration names. Pulumi runs the provider in the folder of `main`, which is not
 * that of Pulumi.yaml where `main` is `src/index.ts`, and users write both. A file beside the program goes first; one that is
 * nowhere is named as beside the program.
 */
export function programFile(path: string, folder = process.cwd()): string {
    const beside = resolve(folder, path);
    if (existsSync(beside)) return beside;
    const project = projectFolder(folder);
    const inProject = project === undefined ? beside : resolve(project, path);
    return existsSync(inProject) ? inProject : beside;
}

/** The nearest folder with a project file, as the CLI looks for it. */
function projectFolder(folder: string): string | undefined {
    if (["yaml", "yml", "json"].some((ending) => existsSync(join(folder, `Pulumi.${ending}`)))) return folder;
    const parent = dirname(folder);
    return parent === folder ? undefined : projectFolder(parent);
}
