import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import { readLastUpdate } from "../../migration/properties/pendingUpdate";

/** What Pulumi stores besides the inputs. */
export interface Outputs {
    collectionName: string;
    generation: string;
    /** Empty where the server has none. */
    collectionId: string;
    /** False where the server could not be told whose the collection is. */
    __stamped: boolean;
    /** The last change in place, which is complete. */
    __update?: string;
}

export async function outputs(
    client: MilvusClient,
    ref: CollectionRef,
    generation: string,
    isMarked = true,
): Promise<Outputs> {
    const observed = await observeCollection(client, ref);
    const update = await readLastUpdate(client, ref);
    return {
        collectionName: ref.name,
        generation,
        collectionId: observed?.collectionId ?? "",
        __stamped: isMarked,
        ...(update && { __update: update.id }),
    };
}
