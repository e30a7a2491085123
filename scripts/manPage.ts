import type { Command, Option } from "commander";

import type { ToolCommand } from "../cli/command";
import { documented, everyCommand, isShared, meaningOf } from "./commandReference";

/** Renders the manual page (man(7)) from the definitions of the commands. */
export function manPage(): string {
    const program: Command = documented();
    const commands = everyCommand(program);
    const withShared = commands.find(({ command }) => command.options.some(isShared))!.command;
    return [
        `.TH PULUMI-MILVUS 1 "" "pulumi-milvus ${program.version() ?? ""}" "pulumi-milvus"`,
        section("NAME"),
        `pulumi\\-milvus \\- ${text("look after Milvus collections")}`,
        section("SYNOPSIS"),
        ".B pulumi\\-milvus",
        ".I command",
        "[options]",
        section("DESCRIPTION"),
        text(program.description()),
        section("COMMANDS"),
        ...commands.flatMap(({ name, command }) => commandLines(name, command)),
        section("OPTIONS OF EVERY COMMAND"),
        ...withShared.options.filter(isShared).flatMap(optionLines),
        section("EXIT STATUS"),
        ".TP",
        ".B 0",
        "done",
        ".TP",
        ".B 1",
        "an error, whose last line has a code",
        ".TP",
        ".B 2",
        text("changes are pending, with --detailed-exitcode"),
        section("ENVIRONMENT"),
        text("MILVUS_ADDRESS, MILVUS_TOKEN and the other settings of the provider; NO_COLOR."),
        section("SEE ALSO"),
        ".BR pulumi (1)",
    ]
        .join("\n")
        .concat("\n");
}

function commandLines(name: string, command: ToolCommand): string[] {
    const args = command.registeredArguments.map((one) =>
        one.required ? `<${one.name()}>` : `[${one.name()}]`,
    );
    return [
        `.SS ${text([name, ...args].join(" "))}`,
        text(command.description()),
        ...command.options.filter((option) => !isShared(option)).flatMap(optionLines),
        ".PP",
        "Examples:",
        ".nf",
        ...command.text.examples.flatMap(([line, meaning]) => [
            text(`    # ${meaning}`),
            text(`    pulumi-milvus ${line}`),
        ]),
        ".fi",
    ];
}

const optionLines = (option: Option): string[] => [
    ".TP",
    `.B ${text(option.flags)}`,
    text(meaningOf(option)),
];

const section = (title: string): string => `.SH ${title}`;

/** A hyphen is a minus in a command, and a dot or an apostrophe at the begin of a line is a request. */
const text = (plain: string): string =>
    plain
        .replaceAll("\\", "\\e")
        .replaceAll("-", "\\-")
        .replace(/^([.'])/, "\\&$1");
