import type { CollectionRef } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { property } from "../../observe/properties";
import { packed, readProperty, unpacked } from "./codec";

/** How the rows of one collection become those of another. */
export interface RecordedMapping {
    mapping: RowMapping;
    partitions: PartitionMapping;
}

/**
 * The mapping as a property of the copy, so that any machine can compare both collections; empty if it is too large.
 */
export function mappingProperty({ mapping, partitions }: RecordedMapping): Record<string, string> {
    return packed(property.mapping, { mapping, partitions });
}

/** Deletes the recorded mapping. */
export const noMapping: Record<string, string> = { [property.mapping]: "" };

/** Undefined if the collection has none, or one that this release cannot read. */
export function readMapping(client: MilvusClient, ref: CollectionRef): Promise<RecordedMapping | undefined> {
    return readProperty(client, ref, property.mapping, (text) => unpacked(text) as RecordedMapping);
}
