import { expect } from "chai";

import { parseCollection } from "../../../provider/inputs/parse";
import { createCollection } from "../../../provider/milvus/collection/collections";
import { createIndex } from "../../../provider/milvus/collection/indexes";
import { loadCollection } from "../../../provider/milvus/collection/loading";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import type { CollectionArgs } from "../../../sdk/args";

/** Creates a collection with its indexes, and loads it where it has any, as a client without a program does: nothing marks it as owned. */
export async function createUnmanaged(
    client: MilvusClient,
    args: CollectionArgs & { name: string },
): Promise<void> {
    const { spec, failures } = parseCollection({ ...args });
    if (!spec) return expect.fail(JSON.stringify(failures));
    const ref = { database: undefined, name: args.name };
    await createCollection(client, ref, spec, {});
    for (const index of spec.indexes) await createIndex(client, ref, { ...index, name: index.field });
    if (spec.indexes.length > 0) await loadCollection(client, ref, { replicas: 1, resourceGroups: [] });
}
