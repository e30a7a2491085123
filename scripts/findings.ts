import { codes as serverCodes } from "../provider/milvus/errors";
import { type Code, codes as planCodes } from "../provider/plan/finding/codes";
import { allowances, allowanceText } from "../provider/inputs/allowance";
import { codes as argumentCodes } from "../provider/inputs/codes";
import { codes as runCodes } from "../provider/migration/errors";
import { argumentExamples } from "./argumentExamples";

/** The page of every code that a user can meet, made from the tables of the code. */
export function findingsPage(): string {
    const examples = argumentExamples();
    return [
        "# Findings and errors",
        "Every message ends with a code. It says what is wrong, where, and what to write instead; a code is never used again\nfor something else. This page is made from the code by `npm run docs`.",
        "## Weight",
        "A **note** informs. A **warning** names a risk, or a loss that the program asks for. An **error** stops `pulumi up`\nbefore anything is touched; a preview shows one of a plan and goes on.",
        "What a program says outright is done with a warning: a field that is left out goes, as a resource that is left out\ngoes. A loss that it only implies is an error, until it is allowed by name in `migration.allow`. With the stack's\nconfiguration `milvus:destructive` set to `refuse` that holds for every loss.",
        table(
            ["allow", "what is lost"],
            Object.entries(allowances).map(([kind, { of, meaning }]) => [
                code(
                    allowanceText(kind as keyof typeof allowances, of === undefined ? undefined : `<${of}>`),
                ),
                meaning,
            ]),
        ),
        "## Arguments",
        "Found by `pulumi preview` and `up` before a server is asked.",
        table(
            ["code", "what", "example"],
            Object.entries(argumentCodes).map(([name, title]) => [name, title, code(examples.get(name))]),
        ),
        "## Plans",
        "Found when the program is compared with what is deployed.",
        table(
            ["code", "weight", "what", "allow", "example"],
            Object.entries<Code>(planCodes).map(([name, { title, severity, loss, example }]) => [
                name,
                severity,
                title,
                loss === undefined ? "" : allowed(loss),
                code(example),
            ]),
        ),
        "## Servers",
        table(
            ["code", "what", "example"],
            Object.values(serverCodes).map(({ code: name, title, example }) => [
                name,
                sentence(title),
                code(example),
            ]),
        ),
        "## Runs",
        table(
            ["code", "what", "example"],
            Object.entries<{ title: string; example?: string }>(runCodes).map(
                ([name, { title, example }]) => [name, title, code(example)],
            ),
        ),
    ]
        .join("\n\n")
        .concat("\n");
}

function allowed({ allow }: NonNullable<Code["loss"]>): string {
    const { of } = allowances[allow];
    return code(allowanceText(allow, of === undefined ? undefined : `<${of}>`));
}

function table(heads: string[], rows: string[][]): string {
    const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
    return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A cell of a table stays readable. */
const longest = 160;

/** In code's letters; a backtick or a bar inside would end the cell. */
function code(text: string | undefined): string {
    if (text === undefined) return "";
    const short = text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
    return `\`${short.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
