import type { MilvusClient } from "../../milvus/client";
import { capabilities } from "../../observe/capabilities";
import { builtType } from "../../plan/mapping/indexLimits";
import type { Index } from "../../inputs/schema/collection";

/** The index as the server at hand builds it: milvus-lite has AUTOINDEX for few types, and refuses it for others. */
export async function buildable(
    client: MilvusClient,
    index: Index,
    dataType: string | undefined,
): Promise<Index> {
    return { ...index, indexType: builtType(index, dataType, await capabilities(client)) };
}
