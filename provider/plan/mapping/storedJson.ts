import type { Capabilities } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { ColumnMapping, RowMapping } from "./mapping";
import { uncertain } from "./column/findings";
import { typeText } from "../diff/typeText";

/** The kinds of JSON that some servers refuse or corrupt (milvus-lite 3 stores a string without its quotes). */
type Kind = "object" | "list" | "scalar";

const stores = {
    any: ["object", "list", "scalar"],
    "objects and lists": ["object", "list"],
    objects: ["object"],
} as const satisfies Record<Capabilities["json"], readonly Kind[]>;

/** The limit on JSON that is checked row by row during the copy. Carried values come from a server that stores them. */
export function storedJson(
    columns: readonly ColumnMapping[],
    { json }: Capabilities,
): Pick<RowMapping, "storedJson"> {
    const isNew = ({ to, source }: ColumnMapping) =>
        to.dataType === "JSON" && ["convert", "extract", "transform"].includes(source.kind);
    return json !== "any" && columns.some(isNew) ? { storedJson: json } : {};
}

/** Findings for values that become JSON and that the server would refuse at the insert, row by row. */
export function jsonFindings(columns: readonly ColumnMapping[], { json, server }: Capabilities): Finding[] {
    const stored: readonly Kind[] = stores[json];
    if (json === "any") return [];
    return columns.flatMap(({ to, source }, index): Finding[] => {
        if (to.dataType !== "JSON") return [];
        const path = `fields[${index}]`;
        const reject = (what: string, fix: string): Finding[] => [
            finding("MV146", path, `${server} stores only JSON ${json}, and ${what}.`, fix),
        ];
        switch (source.kind) {
            case "convert":
                // A text may hold any JSON; its conversion has a finding.
                if (source.from.dataType === "VarChar") return [];
                return stored.includes(source.from.dataType === "Array" ? "list" : "scalar")
                    ? []
                    : reject(
                          `values of ${to.name} are of type ${typeText(source.from)}`,
                          `Keep ${typeText(source.from)}, or move the values to the dynamic field with migration.moveToDynamicField.`,
                      );
            case "constant":
                return stored.includes(kindOf(source.value))
                    ? []
                    : reject(`the rows would get ${JSON.stringify(source.value)}`, "Use an object.");
            case "extract":
                return [
                    uncertain(
                        `value under ${source.path.join(".")}`,
                        json === "objects" ? "a JSON object" : "a JSON object or list",
                        path,
                    ),
                ];
            default:
                return [];
        }
    });
}

function kindOf(value: unknown): Kind {
    if (Array.isArray(value)) return "list";
    return typeof value === "object" && value !== null ? "object" : "scalar";
}
