import type { Collection, Field } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";
import type { Capabilities } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";

/** What a program asks of a new collection that the server at hand does not have. */
export function serverLimits(target: Collection, capabilities: Capabilities): Finding[] {
    return [
        ...target.fields.flatMap((field, index) => fieldLimits(field, `fields[${index}]`, capabilities)),
        ...vectorLimits(target, capabilities),
        ...placeLimits(target, capabilities),
    ];
}

function fieldLimits(field: Field, path: string, capabilities: Capabilities): Finding[] {
    const { server, lacksTypes, nullable } = capabilities;
    const isStructs = field.elementType === "Struct";
    if (lacksTypes.includes(isStructs ? "Struct" : field.dataType)) {
        const message = `${server} has no ${isStructs ? "Arrays of Structs" : field.dataType}.`;
        return [finding("MV141", `${path}.dataType`, message, "Choose another type, or a newer Milvus.")];
    }
    if (field.nullable && isStructs && !capabilities.addStruct) {
        const message = `${server} has no nullable Arrays of Structs.`;
        return [finding("MV115", `${path}.nullable`, message, "Leave it out, or use Milvus 3.0.")];
    }
    if (nullable) return [];
    const findings: Finding[] = [];
    if (field.nullable) {
        const message = `${server} has no nullable fields.`;
        findings.push(finding("MV115", `${path}.nullable`, message, "Leave it out, or use Milvus 2.5."));
    }
    if (field.defaultValue !== undefined) {
        const message = `${server} has no default values.`;
        const fix = "Use backfill for the rows that are there, or use Milvus 2.5.";
        findings.push(finding("MV154", `${path}.defaultValue`, message, fix));
    }
    return findings;
}

function vectorLimits({ fields }: Collection, { severalVectors, server }: Capabilities): Finding[] {
    const [first, ...others] = fields.filter(({ dataType }) => isVector(dataType));
    if (severalVectors || first === undefined) return [];
    const message = `${server} has one vector a collection, and ${first.name} is one.`;
    const fix = "Put it into a collection of its own, or use Milvus 2.4.";
    return others.map((field) => finding("MV142", `fields[${fields.indexOf(field)}]`, message, fix));
}

function placeLimits({ partitions, database = "default" }: Collection, able: Capabilities): Finding[] {
    const { server } = able;
    const findings: Finding[] = [];
    if (!able.partitions && partitions.length > 0)
        findings.push(
            finding("MV129", "partitions", `${server} has no partitions.`, "Leave partitions out."),
        );
    if (!able.databases && database !== "" && database !== "default")
        findings.push(finding("MV155", "database", `${server} has no databases.`, "Leave database out."));
    return findings;
}
