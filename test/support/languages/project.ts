import { execFile, spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

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

    static async make(name: string, runtime: string): Promise<LanguageProject> {
        const project = await LanguageProject.in(await mkdtemp(join(tmpdir(), `pulumi-${name}-`)), name);
        await project.write("Pulumi.yaml", `name: ${name}\nruntime: ${runtime}\n`);
        return project;
    }

    /** With a program that is there already. */
    static async in(dir: string, name: string): Promise<LanguageProject> {
        const home = await mkdtemp(join(tmpdir(), `pulumi-${name}-home-`));
        await mkdir(join(home, "bin"));
        const plugin = join(checkout, "dist/provider/native/main.js");
        await chmod(plugin, 0o755);
        await symlink(plugin, join(home, "bin/pulumi-resource-milvus"));
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
        };
    }
}

/** The first of these commands that the PATH does not have. */
export function missingCommand(commands: readonly string[]): string | undefined {
    return commands.find((command) => spawnSync("which", [command]).status !== 0);
}
