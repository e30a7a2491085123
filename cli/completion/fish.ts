import { type CompletedCommand, type CompletedOption, everyCommand } from "./model";

/** The completion of fish: a line for each word that may follow. */
export function fishScript(program: CompletedCommand): string {
    const lines = everyCommand(program).flatMap((command) => [
        ...command.commands.map(
            ({ name, summary }) => `${begun(command)} -f -a ${name} -d ${quoted(summary)}`,
        ),
        ...command.arguments.flatMap((value) =>
            value.kind === "words" ? [`${begun(command)} -f -a ${quoted(value.words.join(" "))}`] : [],
        ),
        ...command.options.map((option) => optionLine(command, option)),
    ]);
    return `# fish completion of pulumi-milvus
# The commands among the words so far, joined by a slash.
function __pulumi_milvus_path
    set -l path
    for word in (commandline -opc)[2..-1]
        switch (string join / $path $word)
            case ${everyCommand(program)
                .filter(({ path }) => path.length > 0)
                .map(({ path }) => path.join("/"))
                .join(" ")}
                set path $path $word
        end
    end
    string join / $path
end
complete -c pulumi-milvus -f
${lines.join("\n")}
`;
}

const begun = ({ path }: CompletedCommand): string =>
    `complete -c pulumi-milvus -n ${quoted(`test (__pulumi_milvus_path | string collect -a) = "${path.join("/")}"`)}`;

function optionLine(command: CompletedCommand, { flags, description, value }: CompletedOption): string {
    const names = flags.map((flag) =>
        flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
    );
    return [begun(command), ...names, takes(value), "-d", quoted(description)].filter(Boolean).join(" ");
}

function takes(value: CompletedOption["value"]): string {
    switch (value?.kind) {
        case undefined:
            return "-f";
        case "file":
            return "-r -F";
        case "folder":
            return '-x -a "(__fish_complete_directories)"';
        case "words":
            return `-x -a ${quoted(value.words.join(" "))}`;
        case "other":
            return "-x";
    }
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
