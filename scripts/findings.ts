import { codes as commandCodes } from "../cli/codes";
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
        "Each message ends with a code, such as `[MV134]`. Look it up here to learn what it means, whether the next\n`pulumi up` resumes, and what you can allow. The message itself says what happened, where, and what to do. A code\nkeeps its meaning in every release. [Troubleshooting](troubleshooting.md) starts from what you see. `npm run docs` generates this page from the tables of codes.",
        "## Severity",
        "| severity | meaning |\n| --- | --- |\n| note | Information. You need not do anything. |\n| warning | A risk, or a loss that the program asks for. `pulumi up` proceeds. |\n| error | `pulumi up` stops: for an argument or a plan, before any change. A preview reports the errors of a plan and continues. |",
        "An explicit loss is a warning: if you remove a field from the program, it is dropped with its values. An implied loss\n(such as rounding) is an error until `migration.allow` names it. If the stack's configuration\n`milvus:destructive` is `refuse`, every loss is an error until it is allowed.",
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
        "After a **retryable** error the copy is kept: run the same command again when the cause is gone, and it resumes the\ncopy. The sections below name the errors that are. After any other error the copy is dropped, and the next run starts again.",
        "## Arguments",
        "Found by `pulumi preview` and `up` before they contact a server.",
        sections(argumentCodes),
        "## Plans",
        "Found when the program is compared with the deployed collection.",
        sections(planCodes),
        "## Servers",
        "Returned by or about the server.",
        sections(serverCodes),
        "## Runs",
        "Found while a plan runs.",
        sections(runCodes),
        "## The command",
        "Errors of the command `pulumi-milvus` itself. It prints those of plans, servers and runs, too.",
        sections(commandCodes),
    ]
        .join("\n\n")
        .concat("\n");
}

/** A section for each code: its anchor, `#mv134`, is what every message links to, on GitHub and on the site. */
function sections(codes: Record<string, CodeEntry>): string {
    return Object.entries(codes)
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([name, entry]) => section(name, entry))
        .join("\n\n");
}

function section(name: string, { title, severity, retryable, fix, loss, example }: CodeEntry): string {
    const facts = [
        severity,
        ...(retryable ? ["retryable"] : []),
        ...(loss === undefined ? [] : [`allowed by ${allowed(loss)}`]),
    ];
    return [
        `### ${name}`,
        `**${title}.**${fix === undefined ? "" : ` ${fix}.`} (${facts.join(", ")})`,
        code(example),
    ].join("\n\n");
}

function allowed({ allow }: NonNullable<CodeEntry["loss"]>): string {
    const { of } = allowances[allow];
    return code(allowanceText(allow, of === undefined ? undefined : `<${of}>`));
}

function table(heads: string[], rows: string[][]): string {
    const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
    return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Maximum length of an example, to keep it readable. */
const longest = 320;

/** Formats inline code; a backtick inside would end it. */
function code(text: string): string {
    const short = text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
    return `\`${short.replaceAll("`", "'").replaceAll("\n", " ")}\``;
}
