import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { property } from "../../observe/properties";
import type { Onward } from "../../plan/mapping/lineage";
import { unpacked } from "../../observe/unpacked";
import { packed, readProperty } from "./codec";

/**
 * What became of the fields of a retained collection, as a property of it; empty if it is unknown, or too large. Later
 * generations may be dropped before this one, so it cannot stand on them.
 */
export const onwardProperty = (onward: Onward | undefined): Record<string, string> => ({
    [property.onward]: "",
    ...(onward && packed(property.onward, onward)),
});

export async function setOnward(
    client: MilvusClient,
    ref: CollectionRef,
    onward: Onward | undefined,
): Promise<void> {
    await setProperties(client, ref, onwardProperty(onward));
}

/** Undefined if the collection has none, or one that this release cannot read. */
export function readOnward(client: MilvusClient, ref: CollectionRef): Promise<Onward | undefined> {
    return readProperty(client, ref, property.onward, (text) => unpacked(text) as Onward);
}
