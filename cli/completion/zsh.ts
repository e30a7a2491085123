import type { CompletedCommand, CompletedOption, Value } from "./model";

/** The completion of zsh: a function for each command. */
export function zshScript(program: CompletedCommand): string {
    return `#compdef pulumi-milvus
# zsh completion of pulumi-milvus

${functionsOf(program).join("\n")}
if [ "$funcstack[1]" = "_pulumi-milvus" ]; then
    _pulumi-milvus "$@"
else
    compdef _pulumi-milvus pulumi-milvus
fi
`;
}

const functionName = ({ path }: CompletedCommand): string => ["_pulumi-milvus", ...path].join("-");

function functionsOf(command: CompletedCommand): string[] {
    return [functionOf(command), ...command.commands.flatMap(functionsOf)];
}

function functionOf(command: CompletedCommand): string {
    const { commands, options, arguments: values } = command;
    const specs = options.flatMap(optionSpecs);
    if (commands.length === 0) {
        const args = values.map((value, place) =>
            quoted(`${place + 1}:${messageOf(value)}${actionOf(value)}`),
        );
        return `${functionName(command)}() {
    _arguments -s \\
        ${[...specs, ...args].join(" \\\n        ")}
}
`;
    }
    return `${functionName(command)}() {
    local line state
    local -a commands
    commands=(
        ${commands.map(({ name, summary }) => quoted(`${name}:${summary.replaceAll(":", "\\:")}`)).join("\n        ")}
    )
    _arguments -C \\
        ${[...specs, quoted("1: :->command"), quoted("*:: :->rest")].join(" \\\n        ")}
    case "$state" in
        command) _describe command commands ;;
        rest)
            case "$line[1]" in
                ${commands.map((one) => `${one.name}) ${functionName(one)} ;;`).join("\n                ")}
            esac
            ;;
    esac
}
`;
}

function optionSpecs({ flags, description, value }: CompletedOption): string[] {
    const text = description.replace(/[[\]\\]/g, "\\$&").replaceAll(":", "\\:");
    const takes = value ? `:${messageOf(value)}${actionOf(value)}` : "";
    return flags.map((flag) => quoted(`${flag}[${text}]${takes}`));
}

const messageOf = ({ kind }: Value): string => `${kind === "other" ? "value" : kind}:`;

function actionOf(value: Value): string {
    switch (value.kind) {
        case "file":
            return "_files";
        case "folder":
            return "_files -/";
        case "words":
            return `(${value.words.join(" ")})`;
        case "other":
            return " ";
    }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
