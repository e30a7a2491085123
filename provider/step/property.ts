import type { MilvusClient } from "../milvus/client";
import { type CollectionRef, describeCollection } from "../milvus/collections";

/**
 * What a property of a collection says, as `read` understands it; undefined where there is none, where it is empty, and
 * where it was written by a release, or a hand, that `read` does not understand.
 */
export async function readProperty<Said>(
    client: MilvusClient,
    ref: CollectionRef,
    property: string,
    read: (text: string) => Said | undefined,
): Promise<Said | undefined> {
    const text = (await describeCollection(client, ref))?.properties[property];
    try {
        return text ? read(text) : undefined;
    } catch {
        return undefined;
    }
}
