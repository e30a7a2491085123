import { deflateRawSync, inflateRawSync } from "node:zlib";

import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, describeCollection } from "../../milvus/collection/collections";

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

/** Property values go through a server's metadata. */
const MOST_BYTES = 64 * 1024;

/** A value that takes some room, as a property; empty where it is too large to be one. */
export function packed(property: string, value: unknown): Record<string, string> {
    const text = deflateRawSync(JSON.stringify(value)).toString("base64");
    return text.length > MOST_BYTES ? {} : { [property]: text };
}

/** Throws where the text is none of `packed`. */
export function unpacked(text: string): unknown {
    return JSON.parse(inflateRawSync(Buffer.from(text, "base64")).toString("utf8"));
}
