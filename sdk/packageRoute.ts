import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * How the provider's process, which runs in the program's folder, finds this package: by its name, or `through` the folder of
 * a dependency that has it (a component package). Undefined where it finds none.
 */
export function packageRoute(folder: string): { through?: string } | undefined {
    if (finds(folder)) return {};
    const dependencies = dependenciesOf(folder).map((name) => `node_modules/${name}`);
    const through = dependencies.find((path) => finds(realpath(join(folder, path))));
    return through === undefined ? undefined : { through };
}

function finds(folder: string | undefined): boolean {
    if (folder === undefined) return false;
    try {
        createRequire(join(folder, "index.js")).resolve("pulumi-milvus/provider");
        return true;
    } catch {
        return false;
    }
}

/** A package manager may link to the folder; what a package depends on is beside its real place. */
function realpath(path: string): string | undefined {
    try {
        return realpathSync(path);
    } catch {
        return undefined;
    }
}

function dependenciesOf(folder: string): string[] {
    try {
        const text = readFileSync(join(folder, "package.json"), "utf8");
        const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Record<string, object>;
        return [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    } catch {
        return [];
    }
}
