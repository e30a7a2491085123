import { Argument, type Command } from "commander";

import { ToolCommand } from "../command";
import type { Io } from "../io";
import { bashScript } from "./bash";
import { fishScript } from "./fish";
import { completed, type CompletedCommand } from "./model";
import { zshScript } from "./zsh";

const text = {
    summary: "print the completion of a shell",
    description:
        "Prints a script that completes commands, options and their values in a shell. Load it where the shell starts.",
    examples: [
        ["completion bash > ~/.local/share/bash-completion/completions/pulumi-milvus", "for bash"],
        ['completion zsh > "${fpath[1]}/_pulumi-milvus"', "for zsh"],
        ["completion fish > ~/.config/fish/completions/pulumi-milvus.fish", "for fish"],
    ],
} as const;

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Record<
    string,
    (program: CompletedCommand) => string
>;

export function completionCommand(io: Io): Command {
    return new ToolCommand("completion", text)
        .printingAFile()
        .addArgument(new Argument("<shell>", "the shell").choices(Object.keys(scripts)))
        .action((shell: keyof typeof scripts, _options: object, command: Command) => {
            io.stdout.write(scripts[shell](completed(command.parent!)));
        });
}
