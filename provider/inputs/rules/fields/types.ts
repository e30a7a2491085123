import { elementTypes, isVector } from "../../schema/dataType";
import { didYouMean } from "../../report/didYouMean";
import { type CollectionDraft, type FieldDraft, placed, type StructFieldDraft } from "../../schema/draft";
import type { Path } from "../../report/path";
import type { Report } from "../../report/report";

/** Source: Milvus docs, "Milvus Limits". The dimension of a BinaryVector counts bits (docs, "Binary Vector"). */
const largestDim = 32_768;

/** The arguments that each type requires, and those that it cannot have. */
export function fieldTypes(draft: CollectionDraft, report: Report): void {
    for (const { value, at } of placed(draft.fields, ["fields"])) {
        dimension(value, at, report);
        const type = value.dataType === "Array" ? value.elementType : value.dataType;
        if (type !== undefined) maxLength(value, type, at, report);
        array(value, at, report);
        structMembers(value, at, report);
        nullability(value, at, report);
    }
}

function dimension({ dataType, dim }: StructFieldDraft, at: Path, report: Report): void {
    if (dataType === undefined) return;
    const place = [...at, "dim"];
    if (!isVector(dataType) || dataType === "SparseFloatVector") {
        if (dim !== undefined) report.mistake("MV021", place, `${dataType} has no dim. Omit it.`);
        return;
    }
    const largest = dataType === "BinaryVector" ? 8 * largestDim : largestDim;
    if (dim === undefined)
        report.mistake("MV020", place, `A ${dataType} needs dim, its number of dimensions.`);
    else if (dim < 2 || dim > largest)
        report.mistake("MV022", place, `dim is ${dim}. It must be from 2 to ${largest}.`);
    else if (dataType === "BinaryVector" && dim % 8 !== 0)
        report.mistake("MV022", place, `dim is ${dim}. For a BinaryVector it must be a multiple of 8.`);
}

function maxLength(field: StructFieldDraft, type: string, at: Path, report: Report): void {
    if (type !== "VarChar" && field.maxLength !== undefined)
        report.mistake(
            "MV023",
            [...at, "maxLength"],
            `Only a VarChar has a maxLength, not ${type}. Omit it.`,
        );
}

/** Source: Milvus docs, "Array Field". */
function array({ dataType, elementType, maxCapacity }: FieldDraft, at: Path, report: Report): void {
    if (dataType === undefined) return;
    const places = { elementType: [...at, "elementType"], maxCapacity: [...at, "maxCapacity"] };
    if (dataType !== "Array") {
        for (const [name, place] of Object.entries(places))
            if ({ elementType, maxCapacity }[name] !== undefined)
                report.mistake("MV037", place, `Only an Array has a ${name}, not ${dataType}. Omit it.`);
        return;
    }
    if (elementType === undefined)
        report.mistake("MV024", places.elementType, "An Array needs elementType, the type of its elements.");
    else if (!(elementTypes as readonly string[]).includes(elementType))
        report.mistake(
            "MV025",
            places.elementType,
            `An Array cannot hold "${elementType}".${didYouMean(elementType, elementTypes) || ` Write one of ${elementTypes.join(", ")}.`}`,
        );
    if (maxCapacity === undefined)
        report.mistake(
            "MV024",
            places.maxCapacity,
            "An Array needs maxCapacity, the number of elements that it can hold: 1 to 4096.",
        );
}

/** Source: Milvus docs, "Array of Structs". Vectors other than FloatVector depend on the server, which checks them. */
function structMembers({ dataType, elementType, fields }: FieldDraft, at: Path, report: Report): void {
    const place = [...at, "fields"];
    if (elementType === "Struct" && dataType === "Array") {
        if (fields === undefined || fields.length === 0)
            report.mistake(
                "MV026",
                place,
                "A Struct needs its fields, such as fields: [{ name, dataType }].",
            );
    } else if (fields !== undefined)
        report.mistake("MV038", place, "Only an Array of Struct has fields. Omit them.", [
            [...at, "elementType"],
            [...at, "dataType"],
        ]);
    for (const member of placed(fields, place)) {
        const type = member.value.dataType;
        if (type === undefined) continue;
        const scalar = (elementTypes as readonly string[]).includes(type);
        if (!scalar && (!isVector(type) || type === "SparseFloatVector"))
            report.mistake(
                "MV039",
                [...member.at, "dataType"],
                `A Struct cannot hold ${type}. Make it a separate field.`,
            );
        else {
            dimension(member.value, member.at, report);
            maxLength(member.value, type, member.at, report);
        }
    }
}

/** Source: Milvus docs, "Nullable & Default". */
function nullability({ dataType, elementType, nullable }: FieldDraft, at: Path, report: Report): void {
    if (!nullable) return;
    const place = [...at, "nullable"];
    if (isVector(dataType))
        report.warn("MV028", place, `A nullable ${dataType} needs Milvus 2.6.18 or later.`);
    if (elementType === "Struct")
        report.warn("MV029", place, "A nullable Array of Structs needs Milvus 3.0 or later.");
}
