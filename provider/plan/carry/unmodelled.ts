import type { ObservedCollection } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { Carried } from "./carrySettings";

/** Findings about what a new collection does not get, and a note of what it keeps. */
export function settingFindings(source: ObservedCollection, { kept, left }: Carried): Finding[] {
    return [
        ...unmodelled(source),
        ...note("MV176", "Not kept", left),
        ...note("MV175", "Kept as on the server", kept),
    ];
}

/** What no argument can express: it is never lost in silence. */
function unmodelled({ name, unmodelled: there }: ObservedCollection): Finding[] {
    if (!there) return [];
    const { isExternal, hasNamespaces, unknown, rowPolicies = [], snapshots = [], refused = [] } = there;
    const lost = (code: Parameters<typeof finding>[0], what: string, message: string, fix?: string) => [
        finding(code, "name", message, fix, what),
    ];
    return [
        ...(unknown.length > 0
            ? lost(
                  "MV170",
                  "unknown",
                  `${name} has settings that this release does not know (${some(unknown)}). The new collection does not get them.`,
                  "Install a newer pulumi-milvus.",
              )
            : []),
        ...(isExternal
            ? lost(
                  "MV171",
                  "external",
                  `${name} is an external collection. The new one holds copies of its rows instead.`,
              )
            : []),
        ...(hasNamespaces
            ? lost("MV172", "namespaces", `${name} has namespaces, which the new collection does not get.`)
            : []),
        ...(rowPolicies.length > 0
            ? lost(
                  "MV173",
                  "row-policies",
                  `${name} has the row policies ${some(rowPolicies)}, which the new collection does not get.`,
                  "Create them on the new collection before clients use it.",
              )
            : []),
        ...(snapshots.length > 0
            ? lost(
                  "MV174",
                  "snapshots",
                  `The snapshots ${some(snapshots)} of ${name} are dropped with it.`,
                  "Export them first.",
              )
            : []),
        ...refused.map((message) =>
            finding(
                "MV451",
                "name",
                `Row policies or snapshots of ${name}, if there are any, go with it: they cannot be listed (${message}).`,
            ),
        ),
    ];
}

function note(code: "MV175" | "MV176", what: string, all: readonly string[]): Finding[] {
    return all.length === 0 ? [] : [finding(code, "name", `${what}: ${all.join(", ")}.`)];
}

function some(names: readonly string[]): string {
    const more = names.length > 3 ? `, and ${names.length - 3} more` : "";
    return names.slice(0, 3).join(", ") + more;
}
