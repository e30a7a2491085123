import type { MilvusClient } from "../../milvus/transport/client";
import { serverTime } from "../../milvus/rows/readPoint";
import { estimateRows } from "../../milvus/rows/rows";
import type { RetainedCollection, RetainedSeen } from "../../plan/retained";
import type { Retained } from "../../plan/recovery/previous";

/** What a plan has to know of what is retained. Out of memory, rows are counted by the server's books. */
export async function surveyRetained(
    client: MilvusClient,
    chain: readonly Retained[],
): Promise<RetainedSeen | undefined> {
    if (chain.length === 0) return undefined;
    const found: RetainedCollection[] = [];
    for (const { at, generation } of chain) {
        const { ref, aliases, lease, keptUntil } = at;
        const rows = await estimateRows(client, ref).catch(() => undefined);
        found.push({ name: ref.name, generation, aliases, lease, keptUntil, rows });
    }
    return { found, now: await serverTime(client) };
}
