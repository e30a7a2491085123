import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import { property } from "../../observe/properties";

/** Pauses a copy, or lets it go on: the run that copies looks at each checkpoint, every few seconds. */
export async function setPaused(client: MilvusClient, copy: CollectionRef, isPaused: boolean): Promise<void> {
    await setProperties(client, copy, { [property.pause]: isPaused ? "true" : "" });
}
