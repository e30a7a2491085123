import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import type { RetainedRef } from "../../observe/generation";
import { property } from "../../observe/properties";

/** Records on a collection in service which collections are retained behind it, the one that served last first. */
export async function listRetained(
    client: MilvusClient,
    active: CollectionRef,
    retained: readonly RetainedRef[],
): Promise<void> {
    const list = retained.map(({ database, name, generation }) => ({ database, name, generation }));
    await setProperties(client, active, {
        [property.previous]: list.length === 0 ? "" : JSON.stringify(list),
    });
}

/** Deletes that record: no collection is retained. */
export const nothingPrevious: Record<string, string> = { [property.previous]: "" };
