import { elementTypes, isVector } from "../../schema/dataType";
import { didYouMean } from "../../report/didYouMean";
import { type CollectionDraft, type FieldDraft, placed, type StructFieldDraft } from "../../schema/draft";
import type { Path } from "../../report/path";
import type { Report } from "../../report/report";

/** Source: Milvus docs, "Milvus Limits"; a BinaryVector counts bits, eight a byte (docs, "Binary Vector"). */
const largestDim = 32_768;

/** What each type needs and what it cannot have. */
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
        if (dim !== undefined) report.mistake("MV021", place, `A ${dataType} has no dim. Leave it out.`);
        return;
    }
    const largest = dataType === "BinaryVector" ? 8 * largestDim : largestDim;
    if (dim === undefined)
        report.mistake("MV020", place, `A ${dataType} needs its number of dimensions: dim.`);
    else if (dim < 2 || dim > largest)
        report.mistake("MV022", place, `dim is ${dim}. It must be from 2 to ${largest}.`);
    else if (dataType === "BinaryVector" && dim % 8 !== 0)
        report.mistake("MV022", place, `dim is ${dim}. Of a BinaryVector it is a multiple of 8.`);
}

function maxLength(field: StructFieldDraft, type: string, at: Path, report: Report): void {
    if (type !== "VarChar" && field.maxLength !== undefined)
        report.mistake(
            "MV023",
            [...at, "maxLength"],
            `Only a VarChar has a maxLength, not ${type}. Leave it out.`,
        );
}

/** Source: Milvus docs, "Array Field". */
function array({ dataType, elementType, maxCapacity }: FieldDraft, at: Path, report: Report): void {
    if (dataType === undefined) return;
    const places = { elementType: [...at, "elementType"], maxCapacity: [...at, "maxCapacity"] };
    if (dataType !== "Array") {
        for (const [name, place] of Object.entries(places))
            if ({ elementType, maxCapacity }[name] !== undefined)
                report.mistake("MV037", place, `Only an Array has a ${name}, not ${dataType}. Leave it out.`);
        return;
    }
    if (elementType === undefined)
        report.mistake("MV024", places.elementType, "An Array needs the type of its elements: elementType.");
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
            "An Array needs the number of elements it can hold: maxCapacity, 1 to 4096.",
        );
}

/** Source: Milvus docs, "Array of Structs"; other vectors than FloatVector come with later servers, which judge. */
function structMembers({ dataType, elementType, fields }: FieldDraft, at: Path, report: Report): void {
    const place = [...at, "fields"];
    if (elementType === "Struct" && dataType === "Array") {
        if (fields === undefined || fields.length === 0)
            report.mistake("MV026", place, "A Struct needs its fields: fields: [{ name, dataType }].");
    } else if (fields !== undefined)
        report.mistake("MV038", place, "Only an Array of Struct has fields. Leave them out.", [
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
                `A Struct cannot hold ${type}. Make it a field of its own.`,
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
