import type { Collection, Field } from "../../inputs/schema/collection";
import type { Capabilities, ObservedField } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { RowMapping } from "./mapping";

/** The primary keys of source and target. Both may be undefined, because an invalid schema must not throw here. */
interface Keys {
    from: ObservedField | undefined;
    to: Field | undefined;
    /** Whether the target's key field maps to the source's key field. */
    sameField: boolean;
}

/** How rows are identified on both sides: the keys are kept unless the program asks for new ones. */
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
        const message = `The primary key changes from ${keyText(from)} to ${keyText(to)}.`;
        const fix = "Keep the primary key and its type, or declare a separate collection.";
        findings.push(finding("MV110", path, message, fix));
    }
    if (regenerate) {
        const message =
            "Every row gets a new primary key. Applications that store the old keys no longer find the rows.";
        findings.push(finding("MV112", "migration.primaryKeys", message));
    } else if (wanted) {
        const message = `Keys cannot be regenerated: ${key.to} has no autoId.`;
        findings.push(finding("MV113", "migration.primaryKeys", message, "Omit primaryKeys."));
    } else if (to?.autoId === true && !capabilities.insertAutoId) {
        const message = `${capabilities.server} generates the keys of ${key.to} and does not accept those of existing rows.`;
        const fix =
            'Accept new keys with migration.primaryKeys: "regenerate", omit autoId, or use Milvus 2.6.3 or later.';
        findings.push(finding("MV111", `${path}.autoId`, message, fix));
    }
    return { key, findings };
}

function keyText(field: Field | ObservedField | undefined): string {
    return field === undefined ? "no key" : `${field.name} (${field.dataType})`;
}
