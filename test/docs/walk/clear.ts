import { dropAlias, listAliases } from "../../../provider/milvus/collection/aliases";
import { dropCollection, listCollections } from "../../../provider/milvus/collection/collections";
import type { MilvusClient } from "../../../provider/milvus/transport/client";

/** Pages call their collections by names that a reader would take, so that one page meets what another has left. */
export async function dropPageCollections(client: MilvusClient): Promise<void> {
    for (const name of await listCollections(client, undefined)) {
        if (!/^(docs|notes)(_[0-9a-f]{7})?$/.test(name)) continue;
        const ref = { database: undefined, name };
        for (const alias of await listAliases(client, ref))
            await dropAlias(client, { database: undefined, alias });
        await dropCollection(client, ref);
    }
}
