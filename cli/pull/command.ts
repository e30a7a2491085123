import { basename, relative, resolve } from "node:path";

import { type Command, Option } from "commander";

import { pageOf } from "../../provider/inputs/report/page";
import { usesTls } from "../../provider/milvus/transport/channel";
import { packageVersion } from "../../provider/packageFolder";
import { ToolCommand } from "../command";
import type { ConnectionOptions } from "../connection/options";
import { type Connected, withServer } from "../connection/withServer";
import { CommandError } from "../errors";
import type { Io } from "../io";
import type { Output } from "../output/output";
import { outputOf } from "../outputOf";
import { declareProgram } from "./program/declare";
import { type Declaration, types } from "./program/program";
import { readServer } from "./read/readServer";
import type { PullResult } from "./result";
import { requireEmpty, writeFiles } from "./write/folder";
import { languages, type Project, projectFiles, projectName } from "./write/project";

const text = {
    summary: "write a Pulumi program that declares what a server has",
    description:
        "Looks at a server, and writes a project whose program declares its databases, collections, aliases, users, roles, grants and groups as they are. The server is not changed. The first `pulumi up` of the program takes the objects over, and changes nothing but the ownership markers of the collections. Passwords and other secrets become settings of the stack. With --database or --collection, only these collections and their aliases are declared, and the databases that --database names.",
    examples: [
        ["pull --address milvus.example:19530 --out milvus", "everything, as a program in TypeScript"],
        ["pull --database library --language yaml --out library", "one database, as a program in YAML"],
        ["pull --collection docs events --out search", "two collections, and their aliases"],
    ],
} as const;

interface PullOptions {
    database?: string[];
    collection?: string[];
    language: Project["language"];
    out: string;
}

export function pullCommand(io: Io): Command {
    return new ToolCommand("pull", text)
        .addOption(new Option("--database <name...>", "only these databases"))
        .addOption(
            new Option("--collection <name...>", "only these collections: docs, library/docs, or an alias"),
        )
        .addOption(
            new Option("--language <language>", "language of the program")
                .choices(languages)
                .default("typescript"),
        )
        .addOption(new Option("--out <folder>", "folder of the project, empty or new").default("."))
        .withConnection()
        .action(async (options: PullOptions & ConnectionOptions, command: Command) => {
            const output = outputOf(io, command);
            const folder = resolve(io.folder, options.out);
            await requireEmpty(folder);
            // The databases that are wanted are none of the connection's.
            await withServer({ io, output }, { ...options, database: undefined }, (connected) =>
                pull(
                    connected,
                    { ...options, folder, shownFolder: relative(io.folder, folder) || "." },
                    output,
                ),
            );
        });
}

async function pull(
    at: Connected,
    options: PullOptions & { folder: string; shownFolder: string },
    output: Output,
): Promise<void> {
    const { database = [], collection = [], language, folder, shownFolder } = options;
    const { target, connection } = at.client;
    const inventory = await readServer(at, { databases: database, collections: collection });
    const program = declareProgram(inventory);
    const secrets = program.secrets.map(({ key, about, isRead }) => ({ key, about, isRead }));
    for (const { code, message } of inventory.findings) output.warn(`${message} [${code}]`);
    for (const { key, about } of secrets.filter(({ isRead }) => isRead))
        output.warn(
            `${about} looks like a secret. The program reads it from the configuration: \`pulumi config set --secret ${key}\` [MV548]`,
        );
    if (program.declarations.length === 0)
        throw new CommandError(
            "MV547",
            `${target} has nothing that a program can declare. No files were written`,
        );
    const files = projectFiles(program, {
        name: projectName(basename(folder)),
        language,
        version: packageVersion(__dirname),
        server: {
            address: target,
            isTls: usesTls(connection),
            hasUser: (connection.token ?? connection.username) !== undefined,
        },
    });
    await writeFiles(folder, files);
    const names = [...files.keys()];
    const result: PullResult = {
        folder,
        language,
        files: names,
        resources: countsOf(program.declarations),
        secrets: secrets.map(({ key, about }) => ({ key, about })),
        findings: inventory.findings.map(({ code, message }) => ({ code, message, url: pageOf(code) })),
    };
    output.result(result, () => [
        `Wrote ${names.join(", ")} to ${shownFolder}: ${summary(program.declarations)}.`,
        `The next steps are in ${shownFolder === "." ? "" : `${shownFolder}/`}README.md.`,
    ]);
}

/** How many resources there are of each type. */
function countsOf(declarations: readonly Declaration[]): Record<string, number> {
    const all = types.map((type) => [type, declarations.filter((one) => one.type === type).length] as const);
    return Object.fromEntries(all.filter(([, count]) => count > 0));
}

const summary = (declarations: readonly Declaration[]): string =>
    Object.entries(countsOf(declarations))
        .map(([type, count]) => `${count} ${type}${count === 1 ? "" : type === "Alias" ? "es" : "s"}`)
        .join(", ");
