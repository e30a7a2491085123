import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { property } from "../../observe/properties";

/** Says on a collection in service which one is retained behind it. */
export async function namePrevious(
    client: MilvusClient,
    active: CollectionRef,
    { database, name }: CollectionRef,
): Promise<void> {
    await setProperties(client, active, { [property.previous]: JSON.stringify({ database, name }) });
}

/** Takes that back: nothing is behind it. */
export const nothingPrevious: Record<string, string> = { [property.previous]: "" };
