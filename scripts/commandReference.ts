import { Command, type Option } from "commander";

import { ToolCommand } from "../cli/command";
import { buildProgram } from "../cli/program";
import { packageVersion } from "../provider/packageFolder";
import { code, table } from "./markdown";
import { documentationIo } from "./documentationIo";

/** The program as the pages describe it. */
export const documented = (): Command => buildProgram(documentationIo(), packageVersion(__dirname));

/** Options of every command, which the pages list once. */
const shared = /^(Output|Connection) options:$/;

export const isShared = (option: Option): boolean => shared.test(option.helpGroupHeading ?? "");

/** Every command with its full name, in the order of the help. */
export function everyCommand(program: Command, path = ""): { name: string; command: ToolCommand }[] {
    return program.commands.flatMap((command) => {
        const name = `${path}${command.name()}`;
        const own = command instanceof ToolCommand ? [{ name, command }] : [];
        return [...own, ...everyCommand(command, `${name} `)];
    });
}

/** Renders the reference of the command from the definitions of its commands. */
export function commandReference(): string {
    const program = documented();
    const commands = everyCommand(program);
    const all = commands.find(({ command }) => command.options.some(isShared))!.command;
    const group = (heading: string) => all.options.filter((one) => one.helpGroupHeading === heading);
    return [
        "# The command `pulumi-milvus`",
        "This page is generated from the definitions of the commands by `npm run docs`.",
        "`npx pulumi-milvus` comes with the package `pulumi-milvus`; `npm install --global pulumi-milvus` puts it on the PATH. It works on the same core as the provider.",
        table(
            ["command", "does"],
            commands.map(({ name, command }) => [
                `[${code(name)}](#${name.replaceAll(" ", "-")})`,
                command.summary(),
            ]),
        ),
        "## Connection",
        "The settings are those of the provider. An option goes before the configuration of a stack (`--stack`), which goes before the environment (`MILVUS_ADDRESS`, ...: [reference.md](../reference.md#stack-configuration)), as in `pulumi up`. If the options say who calls (`--token` or `--username`), the token, user name and password of the stack and of the environment are ignored.",
        optionTable(group("Connection options:")),
        "`--stack` reads the configuration with `pulumi config` and the state with `pulumi stack export`. Write `--stack=NAME` before an argument. Connections that a program gives to a resource or to a provider of its own are not in the configuration: give them as options.",
        "## Output",
        optionTable(group("Output options:")),
        "A terminal gets colours and live bars; what is piped gets plain lines. `--json` prints an object a line: any number of `event` and `warning`, then one `result` or `error` ([command.schema.json](command.schema.json)).",
        table(
            ["exit code", "meaning"],
            [
                ["0", "done"],
                [
                    "1",
                    "an error: its last line has a code, such as `[MV201]` ([findings.md](../findings.md))",
                ],
                ["2", "changes are pending, with `--detailed-exitcode`"],
            ],
        ),
        ...commands.flatMap(({ name, command }) => commandSection(name, command)),
    ]
        .join("\n\n")
        .concat("\n");
}

function commandSection(name: string, command: ToolCommand): string[] {
    const own = command.options.filter((option) => !isShared(option));
    const args = command.registeredArguments.map((one) => [
        code(one.required ? `<${one.name()}>` : `[${one.name()}]`),
        one.argChoices ? `${one.description}: ${one.argChoices.join(", ")}` : one.description,
    ]);
    return [
        `## ${name}`,
        command.description(),
        ...(args.length > 0 ? [table(["argument", "meaning"], args)] : []),
        ...(own.length > 0 ? [optionTable(own)] : []),
        [
            "```sh",
            ...command.text.examples.map(([line, meaning]) => `pulumi-milvus ${line} # ${meaning}`),
            "```",
        ].join("\n"),
    ];
}

const optionTable = (options: readonly Option[]): string =>
    table(
        ["option", "meaning"],
        options.map((option) => [code(option.flags), meaningOf(option)]),
    );

/** The description with what the help adds to it. */
export function meaningOf(option: Option): string {
    const words = option.argChoices ? ` (${option.argChoices.join(", ")})` : "";
    return `${option.description}${words}`;
}
