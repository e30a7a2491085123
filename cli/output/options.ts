import { type Command, Option } from "commander";

/** What every command can be told about its output. */
export interface OutputOptions {
    json?: boolean;
    color: boolean;
}

export function addOutputOptions(command: Command): Command {
    return command
        .addOption(
            new Option("--json", "print JSON for scripts, an object a line").helpGroup("Output options:"),
        )
        .addOption(
            new Option("--no-color", "print without colours, as with NO_COLOR").helpGroup("Output options:"),
        );
}
