import type { Collection, Field } from "../../inputs/schema/collection";
import type { Capabilities, ObservedField } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { RowMapping } from "./mapping";

/** The source's and the target's primary key; a valid schema has one, and a broken one must not throw here. */
interface Keys {
    from: ObservedField | undefined;
    to: Field | undefined;
    /** Whether the target's key field stands for the source's. */
    sameField: boolean;
}

/** How rows are told apart on both sides: the old keys are kept unless the program asks for new ones. */
export function mapKey(
    { from, to, sameField }: Keys,
    target: Collection,
    capabilities: Pick<Capabilities, "insertAutoId" | "server">,
): { key: RowMapping["key"]; findings: Finding[] } {
    const wanted = target.migration.primaryKeys === "regenerate";
    const regenerate = wanted && to?.autoId === true;
    const dataType = from?.dataType === "VarChar" ? "VarChar" : "Int64";
    const key = { from: from?.name ?? "", to: to?.name ?? "", dataType, regenerate } as const;
    const path = `fields[${to === undefined ? 0 : target.fields.indexOf(to)}]`;

    const findings: Finding[] = [];
    if (!sameField || from?.dataType !== to?.dataType) {
        const message = `Rows are known by ${keyText(from)} and would be known by ${keyText(to)}.`;
        const fix = "Keep the primary key and its type, or declare a collection of its own.";
        findings.push(finding("MV110", path, message, fix));
    }
    if (regenerate) {
        const message =
            "Every row gets a new primary key; whoever keeps the old keys loses track of the rows.";
        findings.push(finding("MV112", "migration.primaryKeys", message));
    } else if (wanted) {
        const message = `Keys cannot be regenerated: ${key.to} has no autoId.`;
        findings.push(finding("MV113", "migration.primaryKeys", message, "Leave primaryKeys out."));
    } else if (to?.autoId === true && !capabilities.insertAutoId) {
        const message = `${capabilities.server} makes the keys of ${key.to} itself and takes none of existing rows.`;
        const fix =
            'Accept new keys with migration.primaryKeys: "regenerate", leave autoId out, or use Milvus 2.6.3.';
        findings.push(finding("MV111", `${path}.autoId`, message, fix));
    }
    return { key, findings };
}

function keyText(field: Field | ObservedField | undefined): string {
    return field === undefined ? "no key" : `${field.name} (${field.dataType})`;
}
