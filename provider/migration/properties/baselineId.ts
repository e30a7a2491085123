import { randomUUID } from "node:crypto";

import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { property } from "../../observe/properties";
import { readProperty } from "./codec";

/**
 * Says on a copy that its rows are those of hashes that were made just now, and returns the name that it gives them.
 * Those of a run before it, which may lie on another machine, are told apart by it.
 */
export async function nameBaseline(client: MilvusClient, ref: CollectionRef): Promise<string> {
    const name = randomUUID();
    await setProperties(client, ref, { [property.baseline]: name });
    return name;
}

/** Undefined where the server keeps no properties. */
export function readBaselineId(client: MilvusClient, ref: CollectionRef): Promise<string | undefined> {
    return readProperty(client, ref, property.baseline, (text) => text);
}
