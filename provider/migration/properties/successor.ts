import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import type { Successor } from "../../observe/generation";
import { property } from "../../observe/properties";

/**
 * Records on an old collection which one has its rows, so that any run can compare both before it drops the old one.
 */
export async function nameSuccessor(
    client: MilvusClient,
    old: CollectionRef,
    { database, name, retain }: Successor,
): Promise<void> {
    const text = JSON.stringify({ database, name, ...(retain && { keep: retain }) });
    await setProperties(client, old, { [property.successor]: text });
}
