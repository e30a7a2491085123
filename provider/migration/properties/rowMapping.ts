import type { CollectionRef } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import type { Collection } from "../../inputs/schema/collection";
import { followsWrites } from "../../plan/mapping/onlineWrites";
import { property } from "../../observe/properties";
import { unpacked } from "../../observe/unpacked";
import { packed, readProperty } from "./codec";

/** How the rows of one collection become those of another. */
export interface RecordedMapping {
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** Undefined on a copy of an earlier release. */
    settings?: CopySettings | undefined;
}

/** What a worker needs to know of the program to copy rows. */
export interface CopySettings {
    batchBytes: number;
    maxRowsPerSecond?: number | undefined;
    /** True if passes behind the copy carry over the writes made meanwhile. */
    followed: boolean;
}

/**
 * The mapping as a property of the copy, so that any machine can compare both collections; empty if it is too large.
 */
export function mappingProperty(
    { mapping, partitions }: Pick<RecordedMapping, "mapping" | "partitions">,
    /** The new collection as it is declared; undefined where no worker copies rows by the mapping. */
    spec: Collection | undefined,
): Record<string, string> {
    return packed(property.mapping, {
        mapping,
        partitions,
        ...(spec && { settings: settingsOf(spec, mapping) }),
    });
}

function settingsOf(spec: Collection, mapping: RowMapping): CopySettings {
    const { batchBytes, maxRowsPerSecond } = spec.migration;
    return { batchBytes, maxRowsPerSecond, followed: followsWrites(spec, mapping) };
}

/** Deletes the recorded mapping. */
export const noMapping: Record<string, string> = { [property.mapping]: "" };

/** Undefined if the collection has none, or one that this release cannot read. */
export function readMapping(client: MilvusClient, ref: CollectionRef): Promise<RecordedMapping | undefined> {
    return readProperty(client, ref, property.mapping, (text) => unpacked(text) as RecordedMapping);
}
