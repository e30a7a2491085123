import type { Collection, Field } from "../../inputs/schema/collection";
import { isVector } from "../../inputs/schema/dataType";
import type { Capabilities } from "../../observe/state";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import { analyzerLimits } from "./analyzerLimits";

/** Findings for everything in the target collection that the server does not support. */
export function serverLimits(target: Collection, capabilities: Capabilities): Finding[] {
    return [
        ...target.fields.flatMap((field, index) => fieldLimits(field, `fields[${index}]`, capabilities)),
        ...analyzerLimits(target, capabilities),
        ...vectorLimits(target, capabilities),
        ...placeLimits(target, capabilities),
    ];
}

function fieldLimits(field: Field, path: string, capabilities: Capabilities): Finding[] {
    const { server, lacksTypes, nullable } = capabilities;
    const isStructs = field.elementType === "Struct";
    if (lacksTypes.includes(isStructs ? "Struct" : field.dataType)) {
        const message = `${server} does not support ${isStructs ? "Arrays of Structs" : field.dataType}.`;
        return [finding("MV141", `${path}.dataType`, message, "Choose another type, or use a newer Milvus.")];
    }
    if (field.nullable && isStructs && !capabilities.addStruct) {
        const message = `${server} does not support nullable Arrays of Structs.`;
        return [finding("MV115", `${path}.nullable`, message, "Omit nullable, or use Milvus 3.0 or later.")];
    }
    const findings: Finding[] = [];
    // milvus-lite keeps no analyzer at all.
    if (field.multiAnalyzerParams !== undefined && !capabilities.multiAnalyzer && !capabilities.lite) {
        const message = `${server} analyzes all texts of a field alike.`;
        const fix = "Use analyzerParams, or Milvus 2.5.11 or later.";
        findings.push(finding("MV471", `${path}.multiAnalyzerParams`, message, fix));
    }
    if (nullable) return findings;
    if (field.nullable) {
        const message = `${server} does not support nullable fields.`;
        findings.push(
            finding("MV115", `${path}.nullable`, message, "Omit nullable, or use Milvus 2.5 or later."),
        );
    }
    if (field.defaultValue !== undefined) {
        const message = `${server} does not support default values.`;
        const fix = "Use backfill for existing rows, or use Milvus 2.5 or later.";
        findings.push(finding("MV154", `${path}.defaultValue`, message, fix));
    }
    return findings;
}

function vectorLimits({ fields }: Collection, { severalVectors, server }: Capabilities): Finding[] {
    const [first, ...others] = fields.filter(({ dataType }) => isVector(dataType));
    if (severalVectors || first === undefined) return [];
    const message = `${server} supports one vector field per collection, and ${first.name} is one.`;
    const fix = "Put it into a separate collection, or use Milvus 2.4 or later.";
    return others.map((field) => finding("MV142", `fields[${fields.indexOf(field)}]`, message, fix));
}

function placeLimits({ partitions, database = "default" }: Collection, able: Capabilities): Finding[] {
    const { server } = able;
    const findings: Finding[] = [];
    if (!able.partitions && partitions.length > 0)
        findings.push(
            finding("MV129", "partitions", `${server} does not support partitions.`, "Omit partitions."),
        );
    if (!able.databases && database !== "" && database !== "default")
        findings.push(
            finding("MV155", "database", `${server} does not support databases.`, "Omit database."),
        );
    return findings;
}
