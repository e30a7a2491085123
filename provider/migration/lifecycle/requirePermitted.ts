import { at } from "../../milvus/collection/collections";
import { isMilvusError } from "../../milvus/transport/errors";
import { isRestricted } from "../../milvus/transport/privilege";
import type { Message } from "../../milvus/transport/protocol";
import type { Endpoint } from "../read/endpoint";

/** A field and a partition that no collection has: a server that permits a call refuses it for this name. */
const NONE = "pulumi_milvus_probe";

/** Requests without effect, also on a collection that is there. Milvus looks at the privilege before it looks at the request. */
const requests = {
    DescribeCollection: { collection_name: NONE },
    DescribeAlias: { alias: NONE },
    DescribeIndex: {},
    GetCollectionStatistics: {},
    GetLoadState: {},
    ShowPartitions: {},
    ListAliases: {},
    Query: { expr: `${NONE} == 1`, output_fields: ["count(*)"] },
    CreateIndex: { field_name: NONE },
    LoadPartitions: { partition_names: [NONE] },
    Insert: { partition_name: NONE },
    Upsert: { partition_name: NONE },
    DropPartition: { partition_name: NONE },
} satisfies Record<string, Message>;

/** What is asked of a collection that is created, whatever it is created for. */
export const toCreate = [
    "DescribeCollection",
    "DescribeAlias",
    "DescribeIndex",
    "GetLoadState",
    "ShowPartitions",
    "ListAliases",
    "Query",
] as const;

/**
 * Fails where this user may not do what a change ends with, before the change begins: without it a collection would be left
 * without an index, half made, or with a partition that is released. Errors: `MV204`.
 */
export async function requirePermitted(
    { client, capabilities, ref }: Endpoint,
    calls: readonly (keyof typeof requests)[],
): Promise<void> {
    // milvus-lite has no users, and may keep a refused index.
    if (capabilities.lite || !isRestricted(client.connection)) return;
    for (const call of calls) {
        const request = { ...at(ref), ...requests[call] };
        // The run has asked the same already, as to see whether the name is free.
        if (client.isProven(call, request)) continue;
        await client.call(call, request, { about: ref.name }).catch((error: unknown) => {
            if (isMilvusError(error, "forbidden")) throw error;
        });
    }
}
