import { type CollectionDraft, each, type FieldDraft, placed, type Placed } from "../../schema/draft";
import { countText } from "../../report/figures";
import type { Report } from "../../report/report";

const keyTypes = ["Int64", "VarChar"];

/** Source: Milvus docs, "Primary Field & AutoID". */
export function primaryKey(draft: CollectionDraft, report: Report): void {
    const fields = placed(draft.fields, ["fields"]);
    const keys = fields.filter(({ value }) => value.isPrimaryKey);
    if (keys.length === 0)
        report.mistake(
            "MV010",
            ["fields"],
            "No field is the primary key. Set isPrimaryKey on one Int64 or VarChar field.",
            each(fields, ["fields"], "isPrimaryKey"),
        );
    for (const { at } of keys.slice(1))
        report.mistake(
            "MV010",
            [...at, "isPrimaryKey"],
            `${nameOf(keys[0])} is already the primary key. A collection has exactly one.`,
        );
    for (const { value, at } of keys) {
        if (value.dataType && !keyTypes.includes(value.dataType))
            report.mistake(
                "MV011",
                [...at, "dataType"],
                `A primary key is an Int64 or a VarChar, not ${value.dataType}.`,
            );
        if (value.nullable)
            report.mistake("MV012", [...at, "nullable"], "A primary key cannot be NULL. Omit nullable.");
        if (value.defaultValue !== undefined)
            report.mistake(
                "MV012",
                [...at, "defaultValue"],
                "A primary key cannot have a default value. Omit defaultValue.",
            );
        if (value.backfill !== undefined)
            report.mistake(
                "MV012",
                [...at, "backfill"],
                "One value cannot be the key of all rows. Omit backfill.",
            );
    }
    for (const { value, at } of fields)
        if (value.autoId && !value.isPrimaryKey)
            report.mistake(
                "MV013",
                [...at, "autoId"],
                "Only the primary key can have autoId. Omit it here.",
                [[...at, "isPrimaryKey"]],
            );
}

/** Source: Milvus docs, "Use Partition Key" (one per collection, Int64 or VarChar, not the primary key, never NULL). */
export function partitionKey(draft: CollectionDraft, report: Report): void {
    const fields = placed(draft.fields, ["fields"]);
    const keys = fields.filter(({ value }) => value.isPartitionKey);
    for (const { at } of keys.slice(1))
        report.mistake(
            "MV014",
            [...at, "isPartitionKey"],
            `${nameOf(keys[0])} is already the partition key. A collection has at most one.`,
        );
    for (const { value, at } of keys) {
        if (value.dataType && !keyTypes.includes(value.dataType))
            report.mistake(
                "MV014",
                [...at, "dataType"],
                `A partition key is an Int64 or a VarChar, not ${value.dataType}.`,
            );
        if (value.isPrimaryKey)
            report.mistake(
                "MV014",
                [...at, "isPartitionKey"],
                "The primary key cannot be the partition key. Choose another field.",
            );
        if (value.nullable)
            report.mistake("MV014", [...at, "nullable"], "A partition key cannot be NULL. Omit nullable.");
    }
    if (keys.length > 0 && (draft.partitions ?? []).length > 0)
        report.mistake(
            "MV016",
            ["partitions"],
            "The server creates the partitions of a partition key. Omit partitions; numPartitions sets their number.",
        );
    if (keys.length === 0 && draft.numPartitions !== undefined)
        report.mistake(
            "MV017",
            ["numPartitions"],
            "numPartitions needs a partition key. Set isPartitionKey on a field, or declare partitions by name.",
            each(fields, ["fields"], "isPartitionKey"),
        );
    // The server's limit is 1,024 by default since 2.4, and 4,096 before (Milvus docs, "Milvus Limits").
    if ((draft.partitions ?? []).length > 4096)
        report.mistake(
            "MV018",
            ["partitions"],
            `A collection has at most 4,096 partitions, not ${countText(draft.partitions!.length)}.`,
        );
}

/** Source: Milvus docs, "Clustering Compaction". */
export function clusteringKey(draft: CollectionDraft, report: Report): void {
    const keys = placed(draft.fields, ["fields"]).filter(({ value }) => value.isClusteringKey);
    for (const { at } of keys.slice(1))
        report.mistake(
            "MV015",
            [...at, "isClusteringKey"],
            `${nameOf(keys[0])} is already the clustering key. A collection has at most one.`,
        );
    for (const { value, at } of keys)
        if (
            value.dataType === "JSON" ||
            value.dataType === "Array" ||
            value.dataType === "Bool" ||
            value.dataType === "Geometry"
        )
            report.mistake(
                "MV015",
                [...at, "dataType"],
                `A clustering key is a number or a VarChar, not ${value.dataType}.`,
            );
}

function nameOf(field: Placed<FieldDraft> | undefined): string {
    return field?.value.name ?? "Another field";
}
