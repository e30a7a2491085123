import { execFile } from "node:child_process";
import { resolve } from "node:path";

import { CommandError } from "../errors";
import type { Io } from "../io";
import type { ConnectionOptions } from "./options";

/** What a Pulumi stack says: its configuration, and whose collections are its own. */
export interface Stack {
    /** Settings by their full names, `milvus:address`, secrets in plain text. */
    settings: ReadonlyMap<string, string>;
    /** `project/stack`, as the collections on the server name it; undefined where nothing is deployed. */
    owner: string | undefined;
    /** The collections of its state that are on the configured server. */
    collections: readonly DeployedCollection[];
}

export interface DeployedCollection {
    /** The name that it has on the server. */
    name: string;
    /** Undefined for the configured one. */
    database: string | undefined;
}

/** Enough for a state with thousands of resources. */
const largest = 512 * 1024 * 1024;

/**
 * Reads the stack of `--stack` through the `pulumi` command; undefined without the option. Errors: `MV504` where Pulumi is
 * missing or refuses.
 */
export async function readStack(io: Io, options: ConnectionOptions): Promise<Stack | undefined> {
    const { stack, cwd } = options as { stack?: string | true; cwd?: string };
    if (stack === undefined) {
        if (cwd === undefined) return undefined;
        throw new CommandError(
            "MV500",
            "--cwd: names the folder of a stack, and no stack is asked for. Add --stack",
        );
    }
    const where = ["--cwd", resolve(io.folder, cwd ?? "."), ...(stack === true ? [] : ["--stack", stack])];
    const ask = (...command: string[]) => pulumi(io, [...command, ...where, "--non-interactive"]);
    const [config, state] = await Promise.all([
        ask("config", "--json", "--show-secrets"),
        ask("stack", "export"),
    ]);
    return { settings: settingsOf(config), ...stateOf(state) };
}

/** A token of the configuration is in the output: it goes into no message. */
function pulumi({ variables }: Io, args: readonly string[]): Promise<string> {
    return new Promise((done, fail) => {
        execFile("pulumi", args, { maxBuffer: largest, env: { ...variables } }, (error, stdout, stderr) => {
            if (!error) return done(stdout);
            const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
            const reason = isMissing ? "there is no command pulumi on the PATH" : firstLine(stderr);
            const fix = isMissing
                ? "Install Pulumi, or give the connection by --address and the other options"
                : "Name a stack that `pulumi stack ls` lists, in its folder or with --cwd";
            fail(new CommandError("MV504", `--stack: ${reason}. ${fix}`));
        });
    });
}

const firstLine = (text: string): string =>
    text
        .split("\n")
        .map((line) => line.replace(/^error: /, "").trim())
        .find((line) => line !== "")
        ?.replace(/\.$/, "") ?? "pulumi failed";

function settingsOf(text: string): Map<string, string> {
    const config = JSON.parse(text) as Record<string, { value?: string }>;
    return new Map(
        Object.entries(config).flatMap(([key, { value }]): [string, string][] =>
            key.startsWith("milvus:") && value !== undefined ? [[key, value]] : [],
        ),
    );
}

interface Resource {
    urn: string;
    type: string;
    outputs?: { collectionName?: unknown; database?: unknown; connection?: unknown };
}

/** `urn:pulumi:<stack>::<project>::<types>::<name>`; the native provider's type is `milvus:index:Collection`. */
function stateOf(text: string): Pick<Stack, "owner" | "collections"> {
    const { deployment } = JSON.parse(text) as { deployment?: { resources?: Resource[] } };
    const resources = deployment?.resources ?? [];
    const [, stack, project] = /^urn:pulumi:(.*?)::(.*?)::/.exec(resources[0]?.urn ?? "") ?? [];
    const collections = resources.flatMap(
        ({ outputs: { collectionName: name, database, connection } = {} }) =>
            // A resource with a connection of its own is on another server, or with another user.
            typeof name === "string" && connection === undefined
                ? [{ name, database: typeof database === "string" ? database : undefined }]
                : [],
    );
    return { owner: stack === undefined ? undefined : `${project}/${stack}`, collections };
}
