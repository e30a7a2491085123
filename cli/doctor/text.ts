import type { Style } from "../output/output";
import type { Examination } from "./result";

const meanings: Readonly<Record<string, string>> = {
    look: "look at a collection",
    survey: "see what a drop would take with it",
    create: "create a collection",
    change: "change a collection in place",
    migrate: "migrate a collection by its alias",
    rename: "migrate a collection by its name",
    follow: "carry over what clients write meanwhile",
    retain: "retain the old collection, and roll back",
    drop: "drop a collection",
    Alias: "create, move and drop an alias",
};

/** The examination for people. */
export function examinationLines(seen: Examination, style: Style): string[] {
    const { rights, quotas } = seen;
    const sign = (can: boolean) => (can ? style.green("yes") : style.yellow("no "));
    const properties = Object.entries(quotas.properties);
    return [
        style.bold(`${seen.address}: ${seen.server}`),
        `  ${seen.user === null ? "no user" : `user ${seen.user}`}, database ${seen.database}, ${seen.tls ? "TLS" : "without TLS"}`,
        "",
        style.bold("Rights"),
        ...(rights.kind === "none asked" ? ["  milvus-lite has no users: everything is allowed"] : []),
        ...(rights.kind === "all" ? ["  everything that the provider does is allowed"] : []),
        ...(rights.kind === "some"
            ? rights.activities.map(
                  ({ activity, can, lacks }) =>
                      `  ${sign(can)}  ${meanings[activity] ?? activity}${can ? "" : `: lacks ${lacks.join(", ")}`}`,
              )
            : []),
        ...(rights.refusals.length > 0
            ? [
                  "",
                  ...rights.refusals.map(({ message }) => `  ${message}`),
                  "  docs/security.md lists the least privileges",
              ]
            : []),
        "",
        style.bold("Quotas"),
        ...(quotas.databases === null ? [] : [`  databases: ${quotas.databases}`]),
        ...(quotas.collections === null ? [] : [`  collections in ${seen.database}: ${quotas.collections}`]),
        ...properties.map(([key, value]) => `  ${key}: ${value}`),
        "",
        style.bold("What this server changes in place"),
        ...seen.inPlace.map(
            ({ what, can, otherwise }) => `  ${sign(can)}  ${what}${can ? "" : style.dim(` (${otherwise})`)}`,
        ),
    ];
}
