import { type CompletedCommand, everyCommand, type Value } from "./model";

/** The completion of bash (4 and later): which command the words name, then what may follow. */
export function bashScript(program: CompletedCommand): string {
    const all = everyCommand(program);
    const steps = all
        .filter(({ path }) => path.length > 0)
        .map(({ path }) => `            "/${path.join("/")}") path="/${path.join("/")}" ;;`);
    const values = all.flatMap((command) =>
        command.options.flatMap(({ flags, value }) =>
            value ? [`        ${patterns(command, flags)}) ${completion(value)}; return ;;`] : [],
        ),
    );
    const words = all.map(
        (command) =>
            `        "${placeOf(command)}") options="${command.options.flatMap(({ flags }) => flags).join(" ")}"; names="${namesOf(command)}" ;;`,
    );
    return `# bash completion of pulumi-milvus
_pulumi_milvus() {
    local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path="" options="" names="" i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$path/\${COMP_WORDS[i]}" in
${steps.join("\n")}
        esac
    done
    case "$path $prev" in
${values.join("\n")}
    esac
    case "$path" in
${words.join("\n")}
    esac
    case "$cur" in
        -*) COMPREPLY=($(compgen -W "$options" -- "$cur")) ;;
        *) COMPREPLY=($(compgen -W "$names" -- "$cur")) ;;
    esac
}
complete -F _pulumi_milvus pulumi-milvus
`;
}

const placeOf = ({ path }: CompletedCommand): string => path.map((name) => `/${name}`).join("");

const patterns = (command: CompletedCommand, flags: readonly string[]): string =>
    flags.map((flag) => `"${placeOf(command)} ${flag}"`).join(" | ");

function completion(value: Value): string {
    switch (value.kind) {
        case "file":
            return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';
        case "folder":
            return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur"))';
        case "words":
            return `COMPREPLY=($(compgen -W "${value.words.join(" ")}" -- "$cur"))`;
        case "other":
            return ":";
    }
}

function namesOf({ commands, arguments: values }: CompletedCommand): string {
    const words = values.flatMap((value) => (value.kind === "words" ? value.words : []));
    return [...commands.map(({ name }) => name), ...words].join(" ");
}
