import type { MilvusClient } from "../milvus/transport/client";
import type { PageSource } from "../milvus/rows/pages";
import { eventually, type ReadPoint } from "../milvus/rows/readPoint";
import { capabilities } from "./capabilities";
import type { Capabilities, ObservedCollection } from "./state";

/**
 * Reads some fields of a collection by key, for estimates and counts; undefined where it has no key.
 * Without a `readPoint`, the latest writes may be missing.
 */
export async function estimateReader(
    client: MilvusClient,
    source: ObservedCollection,
    fields: readonly string[],
    readPoint: ReadPoint = eventually,
): Promise<PageSource | undefined> {
    const key = source.fields.find(({ isPrimaryKey }) => isPrimaryKey);
    if (!key) return undefined;
    return {
        client,
        ref: { database: source.database, name: source.name },
        collectionId: source.collectionId,
        fields: [...new Set([key.name, ...fields])],
        key: key.name,
        partition: undefined,
        lineBreaks: lineBreaksOf(await capabilities(client)),
        readPoint,
    };
}

/** milvus-lite before 3 does not report its version, and reads `\n` in a filter as the letter n. */
export function lineBreaksOf({ lite, version }: Capabilities): PageSource["lineBreaks"] {
    return lite && version === undefined ? "itself" : "letter";
}
