import type { Collection } from "../../inputs/schema/collection";
import type { CodeEntry } from "../../inputs/report/code";
import { codes } from "./codes";
import type { Finding } from "./finding";

export interface SeverityContext {
    /** The collection is known to have no rows, so findings about rows are dropped. */
    empty: boolean;
    /** Part of the program is unknown, so errors become warnings until `pulumi up` plans again. */
    unknowns: boolean;
    /** What happens to losses that the program states explicitly. */
    destructive: "warn" | "refuse";
    /** Arguments whose values were unknown in the preview: nobody has seen what the program states there. */
    notShown?: readonly string[];
    allow: Collection["migration"]["allow"];
}

/** Sets the severity of each finding: a loss is an error until it is explicit or allowed by name. */
export function assignSeverity(
    findings: readonly Finding[],
    { empty, unknowns, destructive, notShown = [], allow }: SeverityContext,
): Finding[] {
    return findings
        .filter(({ code }) => !empty || codes[code].about !== "rows")
        .map((found) => severityOf(found, { destructive, notShown, allow }))
        .map((found) => (unknowns && found.severity === "error" ? { ...found, severity: "warning" } : found));
}

function severityOf(
    found: Finding,
    {
        destructive,
        notShown,
        allow,
    }: Required<Pick<SeverityContext, "destructive" | "notShown">> & { allow: readonly string[] },
): Finding {
    const { loss }: CodeEntry = codes[found.code];
    if (loss === undefined || found.allow === undefined) return found;
    if (allow.includes(found.allow)) return { ...found, severity: "warning" };
    const hidden = notShown.find((argument) => new RegExp(`^${argument}\\b`).test(found.path));
    if (loss.explicit && destructive === "warn" && hidden === undefined)
        return { ...found, severity: "warning" };
    const write = `migration: { allow: [${JSON.stringify(found.allow)}] }.`;
    if (loss.explicit && hidden !== undefined) {
        const why = `No preview could show this loss: ${hidden} was known only at \`pulumi up\`.`;
        return { ...found, severity: "error", fix: `${why} To allow it: ${write}` };
    }
    const fix = found.fix === undefined ? `To allow it: ${write}` : `${found.fix} Or allow it: ${write}`;
    return { ...found, severity: "error", fix };
}
