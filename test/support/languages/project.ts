import { execFile, spawnSync } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

import { linkPlugin } from "../../../scripts/engine/program";

const run = promisify(execFile);
export const checkout = resolve(__dirname, "../../..");

/** What a command printed, and how it ended. */
export interface Ran {
    ok: boolean;
    text: string;
}

/** A project of any language in a folder of its own, with the native plugin of this checkout on its PATH. */
export class LanguageProject {
    private constructor(
        readonly dir: string,
        private readonly home: string,
    ) {}

    private hasPlugins = false;

    static async make(name: string, runtime: string): Promise<LanguageProject> {
        const project = await LanguageProject.in(await mkdtemp(join(tmpdir(), `pulumi-${name}-`)), name);
        await project.write("Pulumi.yaml", `name: ${name}\nruntime: ${runtime}\n`);
        return project;
    }

    /** With a program that is there already. */
    static async in(dir: string, name: string): Promise<LanguageProject> {
        const home = await mkdtemp(join(tmpdir(), `pulumi-${name}-home-`));
        await linkPlugin(join(home, "bin"));
        return new LanguageProject(dir, home);
    }

    /** Puts a package into the node_modules of the project. */
    async link(name: string, from: string): Promise<void> {
        const to = join(this.dir, "node_modules", name);
        await mkdir(dirname(to), { recursive: true });
        await symlink(from, to, "dir");
    }

    async write(file: string, text: string): Promise<void> {
        await mkdir(dirname(join(this.dir, file)), { recursive: true });
        await writeFile(join(this.dir, file), text);
    }

    /** Installs the plugin of this checkout as this version. From then on, the project has none but installed ones. */
    async installPlugin(version: string): Promise<void> {
        const folder = join(this.home, `plugins/resource-milvus-v${version}`);
        // Node would follow a link to the checkout, and the plugin would find the version there.
        await cp(join(checkout, "dist"), join(folder, "dist"), { recursive: true });
        await cp(join(checkout, "schema.json"), join(folder, "schema.json"));
        const own = JSON.parse(await readFile(join(checkout, "package.json"), "utf8")) as object;
        await writeFile(join(folder, "package.json"), JSON.stringify({ ...own, version }));
        await symlink(join(checkout, "node_modules"), join(folder, "node_modules"), "dir");
        await symlink("dist/provider/native/main.js", join(folder, "pulumi-resource-milvus"));
        await chmod(join(folder, "dist/provider/native/main.js"), 0o755);
        this.hasPlugins = true;
    }

    /** Runs `pulumi` in the project. */
    pulumi(...args: string[]): Promise<Ran> {
        return this.run("pulumi", [...args, "--color", "never", "--non-interactive"]);
    }

    async run(command: string, args: string[]): Promise<Ran> {
        const options = { cwd: this.dir, env: this.env(), maxBuffer: 64 * 2 ** 20 };
        try {
            const { stdout, stderr } = await run(command, args, options);
            return { ok: true, text: `${stdout}${stderr}` };
        } catch (error) {
            const {
                stdout = "",
                stderr = "",
                message,
            } = error as Error & { stdout?: string; stderr?: string };
            return { ok: false, text: `${message}\n${stdout}${stderr}` };
        }
    }

    async dispose(): Promise<void> {
        for (const folder of [this.dir, this.home]) await rm(folder, { recursive: true, force: true });
    }

    /** No account, no network for plugins, secrets under a passphrase. */
    private env(): NodeJS.ProcessEnv {
        return {
            ...process.env,
            PATH: `${join(this.home, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
            PULUMI_HOME: this.home,
            PULUMI_BACKEND_URL: `file://${this.home}`,
            PULUMI_CONFIG_PASSPHRASE: "a test's passphrase",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            ...(this.hasPlugins && { PULUMI_IGNORE_AMBIENT_PLUGINS: "true" }),
        };
    }
}

/** As `npm install` would in a project that has this package, with the packages of this checkout. */
export async function installPackage(project: LanguageProject): Promise<void> {
    for (const name of ["@pulumi/pulumi", "typescript", "@types/node"])
        await project.link(name, join(checkout, "node_modules", name));
    await project.link("pulumi-milvus", checkout);
}

/** The first of these commands that the PATH does not have. */
export function missingCommand(commands: readonly string[]): string | undefined {
    return commands.find((command) => spawnSync("which", [command]).status !== 0);
}
