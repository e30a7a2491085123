import type { Collection } from "../spec/collection";
import type { Capabilities } from "../observe/state";
import type { Finding } from "./finding";
import { finding } from "./finding";

/** What a program asks of a new collection that the server at hand does not have. */
export function serverLimits(target: Collection, capabilities: Capabilities): Finding[] {
    const { server } = capabilities;
    const findings: Finding[] = [];
    target.fields.forEach((field, index) => {
        if (field.nullable && field.elementType === "Struct" && !capabilities.addStruct) {
            const message = `${server} has no nullable Arrays of Structs.`;
            const fix = "Leave it out, or use Milvus 3.0.";
            findings.push(finding("MV115", `fields[${index}].nullable`, message, fix));
            return;
        }
        if (capabilities.nullable) return;
        if (field.nullable) {
            const message = `${server} has no nullable fields.`;
            findings.push(
                finding("MV115", `fields[${index}].nullable`, message, "Leave it out, or use Milvus 2.5."),
            );
        }
        if (field.defaultValue !== undefined) {
            const message = `${server} has no default values.`;
            const fix = "Use backfill for the rows that are there, or use Milvus 2.5.";
            findings.push(finding("MV115", `fields[${index}].defaultValue`, message, fix));
        }
    });
    if (!capabilities.partitions && target.partitions.length > 0) {
        findings.push(
            finding("MV129", "partitions", `${server} has no partitions.`, "Leave partitions out."),
        );
    }
    const { database = "default" } = target;
    if (!capabilities.databases && database !== "" && database !== "default") {
        findings.push(finding("MV129", "database", `${server} has no databases.`, "Leave database out."));
    }
    return findings;
}
