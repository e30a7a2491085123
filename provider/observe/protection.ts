import type { MilvusClient } from "../milvus/transport/client";
import { type CollectionRef, describeCollection } from "../milvus/collection/collections";
import { property } from "./properties";

/** Whether the program of a collection protects its rows: `deletionProtection`, as the last `up` recorded it. */
export async function isProtected(client: MilvusClient, ref: CollectionRef): Promise<boolean> {
    const described = await describeCollection(client, ref);
    return described?.properties[property.protected] === "true";
}
