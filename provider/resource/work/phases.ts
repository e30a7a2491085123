import type { CollectionRef } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import type { WorkPhase } from "../../observe/generation";
import { isRetryable } from "../../migration/errors";
import { recordWorkPhase } from "../../migration/properties/workOrder";

/** Records each phase on the copy, where `preview` and `status` find it. */
export const phasesOf =
    (client: MilvusClient, copy: CollectionRef) =>
    (phase: WorkPhase): Promise<void> =>
        recordWorkPhase(client, copy, phase);

/** Records why a worker failed, and throws that. What a new attempt may mend is no reason to wait for somebody. */
export async function recordFailure(
    client: MilvusClient,
    copy: CollectionRef,
    error: unknown,
): Promise<never> {
    if (!isRetryable(error))
        await recordWorkPhase(client, copy, "failed", (error as Error).message).catch(() => undefined);
    throw error;
}
