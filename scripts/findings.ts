import { codes as serverCodes } from "../provider/milvus/errors";
import { codes as planCodes } from "../provider/plan/finding/codes";
import { allowances, allowanceText } from "../provider/inputs/report/allowance";
import type { CodeEntry } from "../provider/inputs/report/code";
import { codes as argumentCodes } from "../provider/inputs/report/codes";
import { codes as runCodes } from "../provider/migration/errors";

/** The page of every code that a user can meet, made from the tables of the code. */
export function findingsPage(): string {
    return [
        "# Findings and errors",
        "Every message ends with a code. It says what is wrong, where, and what to write instead; a code is never used again\nfor something else. This page is made from the code by `npm run docs`.",
        "## Severity",
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
        "## Retryable",
        "**Retryable** says that the cause lies outside of the program and of what the run has built: run the same command\nagain, and it resumes where it stopped. A migration that ends with such an error keeps its copy. After any other error it\nremoves the copy, and the next one begins again.",
        "## Arguments",
        "Found by `pulumi preview` and `up` before a server is asked.",
        codeTable(argumentCodes),
        "## Plans",
        "Found when the program is compared with what is deployed.",
        codeTable(planCodes),
        "## Servers",
        "Found when the server is asked.",
        codeTable(serverCodes),
        "## Runs",
        "Found while a plan is carried out.",
        codeTable(runCodes),
    ]
        .join("\n\n")
        .concat("\n");
}

/** All ranges of codes have the same columns. */
function codeTable(codes: Record<string, CodeEntry>): string {
    return table(
        ["code", "severity", "retryable", "what", "allow", "example"],
        Object.entries(codes).map(([name, { title, severity, retryable, fix, loss, example }]) => [
            name,
            severity,
            retryable ? "yes" : "no",
            fix === undefined ? title : `${title}. ${fix}.`,
            loss === undefined ? "" : allowed(loss),
            code(example),
        ]),
    );
}

function allowed({ allow }: NonNullable<CodeEntry["loss"]>): string {
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
function code(text: string): string {
    const short = text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
    return `\`${short.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}
