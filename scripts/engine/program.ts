import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const checkout = resolve(__dirname, "../..");

/** A user's Pulumi project in a folder of its own. */
export interface Program {
    dir: string;
    project: string;
    /** Writes a file of the program, so `write("index.js", ...)` is the next version of it. */
    write(file: string, text: string): Promise<void>;
    dispose(): Promise<void>;
}

export interface ProgramOptions {
    /** File name → text. `index.js` or `index.ts` is the program. */
    files: Record<string, string>;
    /** `milvus-test` by default. */
    project?: string;
    /** `module` for a program of ES modules. */
    type?: "commonjs" | "module";
    /** `dynamic` by default. */
    adapter?: Adapter;
}

/** How a program reaches the provider: by dynamic resources, or by those of the native plugin. */
export type Adapter = "dynamic" | "native";

/**
 * Makes a project that has pulumi-milvus as a workspace would install it: a link to a copy of what the package publishes,
 * beside the dependencies that it declares and nothing else. A program for the native adapter has an SDK in its place, and
 * the small engine has the plugin.
 */
export async function makeProgram(options: ProgramOptions): Promise<Program> {
    const project = options.project ?? "milvus-test";
    const dir = await mkdtemp(join(tmpdir(), "pulumi-program-"));
    const write = (file: string, text: string) => writeFile(join(dir, file), text);
    const typescript = "index.ts" in options.files;
    await write(
        "Pulumi.yaml",
        `name: ${project}\nruntime:\n  name: nodejs\n  options:\n    typescript: ${typescript}\n`,
    );
    const entry = { name: project, private: true, type: options.type ?? "commonjs" };
    await write("package.json", JSON.stringify({ ...entry, dependencies: { "pulumi-milvus": "*" } }));
    const modules = join(dir, "node_modules");
    if (options.adapter === "native") await installNative(modules);
    else await install(modules, typescript ? ["typescript", "@types/node"] : []);
    for (const [file, text] of Object.entries(options.files)) await write(file, text);
    return { dir, project, write, dispose: () => rm(dir, { recursive: true, force: true }) };
}

/** Where the package is installed for all programs of a run: what a warm host has loaded from there stays loaded. */
const installed = () => join(tmpdir(), "pulumi-milvus-installed", "node_modules");
let installing: Promise<void> | undefined;

async function install(modules: string, more: string[]): Promise<void> {
    const { dependencies, peerDependencies } = JSON.parse(
        await readFile(join(checkout, "package.json"), "utf8"),
    ) as Record<"dependencies" | "peerDependencies", Record<string, string>>;
    const names = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    await (installing ??= installOnce(names));
    await link(modules, [...names, ...more]);
    await symlink(join(installed(), "pulumi-milvus"), join(modules, "pulumi-milvus"), "dir");
}

async function installOnce(dependencies: string[]): Promise<void> {
    await link(installed(), dependencies);
    const own = join(installed(), "pulumi-milvus");
    await mkdir(own, { recursive: true });
    for (const part of ["package.json", "dist"]) {
        // Not built yet: then a program that does not import it can run all the same.
        await cp(join(checkout, part), join(own, part), { recursive: true }).catch(ignoreMissing);
    }
}

async function installNative(modules: string): Promise<void> {
    await link(modules, ["@pulumi/pulumi"]);
    const sdk = join(modules, "pulumi-milvus");
    await mkdir(sdk);
    await cp(join(__dirname, "nativeSdk.cjs"), join(sdk, "index.js"));
    await writeFile(join(sdk, "package.json"), JSON.stringify({ version: "0.1.0" }));
    await linkPlugin(join(modules, ".bin"));
}

/** Puts the native plugin of this checkout into a folder for the PATH, where the CLI looks for it. */
export async function linkPlugin(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const plugin = join(checkout, "dist/provider/native/main.js");
    await chmod(plugin, 0o755).catch(ignoreMissing);
    await symlink(plugin, join(folder, "pulumi-resource-milvus"));
}

async function link(modules: string, names: string[]): Promise<void> {
    for (const name of names) {
        await mkdir(dirname(join(modules, name)), { recursive: true });
        await symlink(join(checkout, "node_modules", name), join(modules, name), "dir");
    }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
    if (error.code !== "ENOENT") throw error;
}
