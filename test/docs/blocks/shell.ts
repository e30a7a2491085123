import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Command } from "commander";

import { buildProgram } from "../../../cli/program";
import { testIo } from "../../support/cli/testIo";
import { root, textOf } from "../pages";

const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
const schema = JSON.parse(readFileSync(join(root, "schema.json"), "utf8")) as {
    config: { variables: Record<string, unknown> };
};

/** What is wrong with the command lines of a text, as far as they are ours. */
export function mistakesInShell(text: string): string[] {
    return commandLines(text).flatMap((line) => [
        ...mistakesInOurCommand(line),
        ...[...line.matchAll(/\bnpm run ([\w:-]+)/g)]
            .map(([, name]) => name!)
            .filter((name) => !(name in scripts))
            .map((name) => `there is no script ${name}: ${line}`),
        ...[...line.matchAll(/\bmilvus:(\w+)/g)]
            .map(([, name]) => name!)
            .filter((name) => name !== "index" && !(name in schema.config.variables))
            .map((name) => `there is no setting milvus:${name}: ${line}`),
    ]);
}

/** What bash says of scripts that it cannot read. */
export function mistakesInSyntax(text: string): string {
    return spawnSync("bash", ["-n"], { input: text, encoding: "utf8" }).stderr;
}

/** Each command of a script: without comments, a line that goes on put together. */
const commandLines = (text: string): string[] =>
    text
        .replace(/\\\n/g, " ")
        .split("\n")
        .flatMap((line) => line.replace(/(^|\s)#.*$/, "").split(/\s(?:&&|\|\|?|;)\s/))
        .map((line) => line.trim())
        .filter((line) => line !== "");

/** A `pulumi-milvus` line is read by the definitions of the command itself, which then does nothing. */
function mistakesInOurCommand(line: string): string[] {
    const [, rest] = /^(?:\w+=\S* )*(?:(?:npx|pnpm exec|pnpm|yarn) )?pulumi-milvus\s+(.*)$/.exec(line) ?? [];
    if (rest === undefined) return [];
    const words = rest.replace(/\s\d?>\s*\S+$/, "").match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
    const program = buildProgram(testIo(), "1.2.3");
    withoutActions(program);
    try {
        program.parse(
            words.map((word) => word.replace(/^(["'])(.*)\1$/, "$2")),
            { from: "user" },
        );
        return [];
    } catch (error) {
        const { message, exitCode } = error as Error & { exitCode?: number };
        return exitCode === 0 ? [] : [`${message}: ${line}`];
    }
}

function withoutActions(command: Command): void {
    for (const inner of command.commands) {
        if (inner.commands.length === 0) inner.action(() => undefined);
        withoutActions(inner);
    }
}

/** What Python says of texts that it cannot compile; undefined where there is no Python. */
export function mistakesInPython(texts: readonly string[]): string[] | undefined {
    const script = [
        "import json, sys",
        "found = []",
        "for text in json.load(sys.stdin):",
        "    try: compile(text, 'block', 'exec')",
        "    except SyntaxError as error: found.append(str(error))",
        "print(json.dumps(found))",
    ].join("\n");
    try {
        const input = JSON.stringify(texts);
        return JSON.parse(execFileSync("python3", ["-c", script], { input, encoding: "utf8" })) as string[];
    } catch {
        return undefined;
    }
}
