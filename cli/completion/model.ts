import type { Argument, Command, Option } from "commander";

/** What the shell completes for a value: files, folders, one of some words, or nothing. */
export type Value = { kind: "file" | "folder" | "other" } | { kind: "words"; words: readonly string[] };

export interface CompletedOption {
    /** `--schema`, `-s`. */
    flags: readonly string[];
    description: string;
    /** Undefined for one that takes none. */
    value: Value | undefined;
}

export interface CompletedCommand {
    name: string;
    /** With those before it: `aliases list`; empty for the program. */
    path: readonly string[];
    summary: string;
    options: readonly CompletedOption[];
    arguments: readonly Value[];
    commands: readonly CompletedCommand[];
}

/** What a shell has to know of the commands. */
export function completed(command: Command, path: readonly string[] = []): CompletedCommand {
    const help = command.createHelp();
    const inner = help.visibleCommands(command).filter((one) => one.name() !== "help");
    return {
        name: command.name(),
        path,
        summary: command.summary() || command.description(),
        options: help.visibleOptions(command).map(optionOf),
        arguments: command.registeredArguments.map(valueOf),
        commands: inner.map((one) => completed(one, [...path, one.name()])),
    };
}

/** The command and all within it. */
export const everyCommand = (command: CompletedCommand): CompletedCommand[] => [
    command,
    ...command.commands.flatMap(everyCommand),
];

function optionOf(option: Option): CompletedOption {
    const flags = [option.long, option.short].filter((flag): flag is string => flag !== undefined);
    const takes = option.required || option.optional;
    return { flags, description: option.description, value: takes ? valueOf(option) : undefined };
}

function valueOf(one: Option | Argument): Value {
    if (one.argChoices) return { kind: "words", words: one.argChoices };
    const name = "flags" in one ? (/[<[](.+?)[>\]]/.exec(one.flags)?.[1] ?? "") : one.name();
    if (/\b(file|module)\b/i.test(name)) return { kind: "file" };
    if (/\b(folder|dir)\b/i.test(name)) return { kind: "folder" };
    return { kind: "other" };
}
