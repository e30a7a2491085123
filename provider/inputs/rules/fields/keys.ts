import { type CollectionDraft, each, type FieldDraft, placed, type Placed } from "../../schema/draft";
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
            "No field is the primary key. Set isPrimaryKey on one field of Int64 or VarChar.",
            each(fields, ["fields"], "isPrimaryKey"),
        );
    for (const { at } of keys.slice(1))
        report.mistake(
            "MV010",
            [...at, "isPrimaryKey"],
            `${nameOf(keys[0])} is the primary key already. There is only one.`,
        );
    for (const { value, at } of keys) {
        if (value.dataType && !keyTypes.includes(value.dataType))
            report.mistake(
                "MV011",
                [...at, "dataType"],
                `A primary key is an Int64 or a VarChar, not ${value.dataType}.`,
            );
        if (value.nullable)
            report.mistake("MV012", [...at, "nullable"], "A primary key cannot be NULL. Leave nullable out.");
        if (value.defaultValue !== undefined)
            report.mistake(
                "MV012",
                [...at, "defaultValue"],
                "A primary key has no default value. Leave it out.",
            );
        if (value.backfill !== undefined)
            report.mistake(
                "MV012",
                [...at, "backfill"],
                "One value cannot be the key of all rows. Leave backfill out.",
            );
    }
    for (const { value, at } of fields)
        if (value.autoId && !value.isPrimaryKey)
            report.mistake(
                "MV013",
                [...at, "autoId"],
                "Only the primary key has an autoId. Leave it out here.",
                [[...at, "isPrimaryKey"]],
            );
}

/** Source: Milvus docs, "Use Partition Key" (one a collection, Int64 or VarChar, not the primary key, never NULL). */
export function partitionKey(draft: CollectionDraft, report: Report): void {
    const fields = placed(draft.fields, ["fields"]);
    const keys = fields.filter(({ value }) => value.isPartitionKey);
    for (const { at } of keys.slice(1))
        report.mistake(
            "MV014",
            [...at, "isPartitionKey"],
            `${nameOf(keys[0])} is the partition key already. There is only one.`,
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
            report.mistake(
                "MV014",
                [...at, "nullable"],
                "A partition key cannot be NULL. Leave nullable out.",
            );
    }
    if (keys.length > 0 && (draft.partitions ?? []).length > 0)
        report.mistake(
            "MV016",
            ["partitions"],
            "With a partition key the server makes the partitions. Leave partitions out; numPartitions says how many.",
        );
    if (keys.length === 0 && draft.numPartitions !== undefined)
        report.mistake(
            "MV017",
            ["numPartitions"],
            "numPartitions counts for a partition key only. Set isPartitionKey on a field, or name the partitions.",
            each(fields, ["fields"], "isPartitionKey"),
        );
    // 1,024 by default since 2.4, 4,096 before (Milvus docs, "Milvus Limits").
    if ((draft.partitions ?? []).length > 4096)
        report.mistake(
            "MV018",
            ["partitions"],
            `A collection has at most 4096 partitions, not ${draft.partitions!.length}.`,
        );
}

/** Source: Milvus docs, "Clustering Compaction". */
export function clusteringKey(draft: CollectionDraft, report: Report): void {
    const keys = placed(draft.fields, ["fields"]).filter(({ value }) => value.isClusteringKey);
    for (const { at } of keys.slice(1))
        report.mistake(
            "MV015",
            [...at, "isClusteringKey"],
            `${nameOf(keys[0])} is the clustering key already. There is only one.`,
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
