import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { alterIndex, createIndex } from "../../milvus/collection/indexes";
import { loadState } from "../../milvus/collection/loading";
import { capabilities } from "../../observe/capabilities";
import type { ObservedIndex } from "../../observe/state";
import { builtPart } from "../../plan/diff/builtPart";
import { builtType } from "../../plan/mapping/indexLimits";
import { knownIndex } from "../../plan/mapping/memorySettings";
import { isAlteredAfterwards } from "../../plan/strategy/indexStrategy";
import { parameterTexts } from "../../plan/strategy/existingIndex";
import { isOfMemory } from "../../inputs/schema/memory";
import type { Index } from "../../inputs/schema/collection";

/** The index as this server can build it: milvus-lite has AUTOINDEX for few types, and refuses it for others. */
export async function buildable(
    client: MilvusClient,
    index: Index,
    dataType: string | undefined,
): Promise<Index> {
    const server = await capabilities(client);
    return { ...knownIndex(index, server), indexType: builtType(index, dataType, server) };
}

/** Requests an index that is `buildable`. One of AUTOINDEX gets its parameters of memory in a call of their own. */
export async function requestIndex(client: MilvusClient, ref: CollectionRef, index: Index): Promise<void> {
    if (!isAlteredAfterwards(index)) return createIndex(client, ref, index);
    const built = builtPart(index);
    await createIndex(client, ref, built);
    await completeIndex(client, ref, index, { ...built, params: {} });
}

/** The call that an interrupted run may not have made. A loaded collection keeps its index as it is. */
export async function completeIndex(
    client: MilvusClient,
    ref: CollectionRef,
    index: Index,
    there: Pick<ObservedIndex, "name" | "params">,
): Promise<void> {
    if (!isAlteredAfterwards(index)) return;
    const { alterableIndexParams } = await capabilities(client);
    const missing = Object.entries(parameterTexts(index.params)).filter(
        ([key]) => isOfMemory(key) && alterableIndexParams.includes(key) && !(key in there.params),
    );
    if (missing.length === 0 || (await loadState(client, ref)) === "loaded") return;
    await alterIndex(client, ref, there.name, { properties: Object.fromEntries(missing) });
}
