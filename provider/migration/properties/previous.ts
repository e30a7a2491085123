import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { property } from "../../observe/properties";

/** Records on a collection in service which collection is retained behind it. */
export async function namePrevious(
    client: MilvusClient,
    active: CollectionRef,
    { database, name }: CollectionRef,
): Promise<void> {
    await setProperties(client, active, { [property.previous]: JSON.stringify({ database, name }) });
}

/** Deletes that record: no collection is retained. */
export const nothingPrevious: Record<string, string> = { [property.previous]: "" };
