import { codes as serverCodes } from "../provider/milvus/transport/codes";
import { codes as planCodes } from "../provider/plan/finding/codes";
import { allowances, allowanceText } from "../provider/inputs/report/allowance";
import type { CodeEntry } from "../provider/inputs/report/code";
import { codes as argumentCodes } from "../provider/inputs/report/codes";
import { codes as runCodes } from "../provider/migration/errors";

/** Renders the page of all codes from the tables in the code. */
export function findingsPage(): string {
    return [
        "# Findings and errors",
        "Every message says what happened, where, and what to do. It ends with a code; a code never changes its meaning.\n`npm run docs` generates this page from the source code.",
        "## Severity",
        "A **note** informs. A **warning** names a risk, or a loss that the program asks for. An **error** stops `pulumi up`\nbefore it makes any change; a preview reports the errors of a plan and continues.",
        "An explicit loss is a warning: a field that you remove from the program is dropped, as a resource that you remove\nis deleted. An implied loss is an error until `migration.allow` names it. If the stack's configuration\n`milvus:destructive` is `refuse`, every loss is an error until it is allowed.",
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
        "**Retryable** means that the cause is neither the program nor the copy. Run the same command again, and it resumes\nthe copy. A migration keeps its copy after a retryable error. After any other error it removes the copy, and the next\nrun starts again.",
        "## Arguments",
        "Found by `pulumi preview` and `up` before they contact a server.",
        codeTable(argumentCodes),
        "## Plans",
        "Found when the program is compared with the deployed collection.",
        codeTable(planCodes),
        "## Servers",
        "Returned by or about the server.",
        codeTable(serverCodes),
        "## Runs",
        "Found while a plan runs.",
        codeTable(runCodes),
    ]
        .join("\n\n")
        .concat("\n");
}

/** All tables of codes have the same columns. */
function codeTable(codes: Record<string, CodeEntry>): string {
    return table(
        ["code", "severity", "retryable", "what", "allow", "example"],
        Object.entries(codes)
            .sort(([one], [other]) => one.localeCompare(other))
            .map(([name, { title, severity, retryable, fix, loss, example }]) => [
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

/** Maximum length of a cell, to keep it readable. */
const longest = 160;

/** Formats inline code; a backtick or a bar inside would end the cell. */
function code(text: string): string {
    const short = text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
    return `\`${short.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}
