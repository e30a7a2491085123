import { randomUUID } from "node:crypto";

import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { property } from "../../observe/properties";
import { readProperty } from "./codec";

/**
 * Stores a new baseline ID on a copy, and returns it. The ID tells the current baseline from those of earlier runs,
 * which may be on other machines.
 */
export async function nameBaseline(client: MilvusClient, ref: CollectionRef): Promise<string> {
    const name = randomUUID();
    await setProperties(client, ref, { [property.baseline]: name });
    return name;
}

/** Undefined if the server stores no properties. */
export function readBaselineId(client: MilvusClient, ref: CollectionRef): Promise<string | undefined> {
    return readProperty(client, ref, property.baseline, (text) => text);
}
