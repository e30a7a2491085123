import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The processes of a stack, on either engine. */
export interface Processes {
    /** The folder in which the stack's providers write their process ids. */
    folder: string;
    /** Sends SIGKILL to the provider that started last, as the kernel does when memory is short. */
    killProvider(): Promise<void>;
    /** Sends SIGKILL to its pulumi command; the provider keeps running (measured on 3.260). */
    killCli(): Promise<void>;
    /** Sends SIGKILL to both, as when a machine vanishes. */
    killBoth(): Promise<void>;
    /** Removes the lock that a killed pulumi command leaves, as `pulumi cancel` does. */
    cancel(project: { dir: string; stack: string }): Promise<void>;
    /** Ends a remaining provider, and clears the records. */
    close(): Promise<void>;
}

/** Watches the providers of one stack. */
export async function watchProcesses(): Promise<Processes> {
    const folder = await mkdtemp(join(tmpdir(), "providers-"));
    /** All providers, including ended ones, the last one first. */
    const announced = async () => {
        const all = (await readdir(folder)).map(async (name) => ({
            pid: Number(name),
            at: (await stat(join(folder, name))).mtimeMs,
        }));
        return (await Promise.all(all)).sort((a, b) => b.at - a.at).map(({ pid }) => pid);
    };
    const provider = async () => {
        for (const pid of await announced()) if (await isProvider(pid)) return pid;
        throw new Error("no provider is running");
    };
    const cli = async () => ancestor(await provider(), "pulumi");
    return {
        folder,
        killProvider: async () => void process.kill(await provider(), "SIGKILL"),
        killCli: async () => void process.kill(await cli(), "SIGKILL"),
        killBoth: async () => {
            for (const pid of [await cli(), await provider()]) process.kill(pid, "SIGKILL");
        },
        cancel: async ({ dir, stack }) => {
            const [last] = await announced();
            const engine = JSON.parse(
                await readFile(join(folder, String(last)), "utf8"),
            ) as NodeJS.ProcessEnv;
            await run("pulumi", ["cancel", "--yes", "--stack", stack], {
                cwd: dir,
                env: { ...process.env, ...engine },
            });
        },
        close: async () => {
            for (const pid of await announced()) if (await isProvider(pid)) process.kill(pid, "SIGKILL");
            await rm(folder, { recursive: true, force: true });
        },
    };
}

/** Checks that a process is a provider, because the id of an ended process may be reused. */
async function isProvider(pid: number): Promise<boolean> {
    const { stdout } = await run("ps", ["-o", "args=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
    return /dynamic-provider|native\/main\.js|provider-of-a-test/.test(stdout);
}

/** The nearest ancestor process that runs this command. */
async function ancestor(pid: number, command: string): Promise<number> {
    const { stdout } = await run("ps", ["-o", "ppid=,comm=", "-p", String(pid)]);
    const [, parent, name] = /^\s*(\d+)\s+(.*?)\s*$/.exec(stdout)!;
    if (basename(name!) === command) return pid;
    if (Number(parent) <= 1) throw new Error(`no ${command} among the ancestors of the process`);
    return ancestor(Number(parent), command);
}
