import type { MilvusClient } from "../../milvus/transport/client";
import { capabilities } from "../../observe/capabilities";
import { builtType } from "../../plan/mapping/indexLimits";
import type { Index } from "../../inputs/schema/collection";

/** The index as this server can build it: milvus-lite has AUTOINDEX for few types, and refuses it for others. */
export async function buildable(
    client: MilvusClient,
    index: Index,
    dataType: string | undefined,
): Promise<Index> {
    return { ...index, indexType: builtType(index, dataType, await capabilities(client)) };
}
