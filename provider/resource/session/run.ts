import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

/** A process: enough to tell it from a later one with the same id. */
export interface ProcessInfo {
    command: string;
    parent: number;
    /** In whatever unit the system has. */
    started: string;
}

/** Shells that start a plugin: `pulumi-resource-pulumi-nodejs` is a script. */
const shells = /(^|\/)-?(sh|dash|bash|zsh|ash|busybox)$/;

/** A language host starts a plugin whose PulumiPlugin.yaml names a runtime. Linux keeps 15 letters of the name. */
const languageHosts = /(^|\/)pulumi-language(-|$)/;

/**
 * The same text in all provider processes of one `pulumi` command, and another one in each command. The engine hands its
 * address to each of its plugins; ports come again, so that its process and the start of that count as well. A provider that
 * the engine did not start (`PULUMI_DEBUG_PROVIDERS`) is a run by itself.
 *
 * @param argv as `process.argv`: the engine's address is the first argument that ends with a port
 */
export function runOf(
    argv: readonly string[],
    parent: number = process.ppid,
    look: (pid: number) => ProcessInfo | undefined = lookUp,
): string {
    const address = engineAddress(argv);
    return address === undefined ? randomUUID() : `${address} ${engineOf(parent, look)}`;
}

/** Undefined where the engine did not start this process. */
export function engineAddress(argv: readonly string[]): string | undefined {
    return argv.slice(2).find((argument) => /:\d+$/.test(argument));
}

function engineOf(pid: number, look: (pid: number) => ProcessInfo | undefined): string {
    const found = look(pid);
    if (!found) return "";
    const isBetween = shells.test(found.command) || languageHosts.test(found.command);
    return isBetween ? engineOf(found.parent, look) : `${pid} ${found.started}`;
}

/** Undefined where the system does not tell, as on Windows. */
function lookUp(pid: number): ProcessInfo | undefined {
    try {
        return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
    } catch {
        return undefined;
    }
}

/** The command stands in brackets, and may hold any letter: see proc(5). */
function fromProc(pid: number): ProcessInfo {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const end = text.lastIndexOf(")");
    const fields = text.slice(end + 2).split(" ");
    return {
        command: text.slice(text.indexOf("(") + 1, end),
        parent: Number(fields[1]),
        started: fields[19]!,
    };
}

function fromPs(pid: number): ProcessInfo {
    const ask = (what: string) =>
        execFileSync("ps", ["-o", `${what}=`, "-p", String(pid)], { encoding: "utf8" }).trim();
    return { command: ask("comm"), parent: Number(ask("ppid")), started: ask("lstart") };
}
