import { deflateRawSync } from "node:zlib";

import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, describeCollection } from "../../milvus/collection/collections";

/**
 * The value of a property of a collection, parsed by `read`. Undefined if it is missing, empty, or not readable:
 * another release, or somebody by hand, may have written it.
 */
export async function readProperty<Value>(
    client: MilvusClient,
    ref: CollectionRef,
    property: string,
    read: (text: string) => Value | undefined,
): Promise<Value | undefined> {
    const text = (await describeCollection(client, ref))?.properties[property];
    try {
        return text ? read(text) : undefined;
    } catch {
        return undefined;
    }
}

/** Property values are stored in the server's metadata. */
const MOST_BYTES = 64 * 1024;

/** A compressed value as a property; empty if it is too large for one. */
export function packed(property: string, value: unknown): Record<string, string> {
    const text = deflateRawSync(JSON.stringify(value)).toString("base64");
    return text.length > MOST_BYTES ? {} : { [property]: text };
}
