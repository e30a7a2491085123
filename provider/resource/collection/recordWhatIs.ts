import type { CollectionRef } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import { diffCollection } from "../../plan/diff/diff";
import type { Update } from "../../plan/strategy/update";
import { touchedBy } from "../../migration/properties/pendingUpdate";
import type { Server } from "../context/context";
import { recordedAs } from "../context/compare";
import { asObserved } from "../context/interruptedUpdate";
import type { CollectionState } from "../context/resourceState";
import type { Props } from "../session/props";

/** What Pulumi records of a resource whose update failed half-way; the adapter adds the id. */
export interface HalfDone {
    properties: Props;
    reasons: string[];
}

/**
 * Throws the error of a change in place. Where the collection is not as the state has it, the error carries what is there,
 * and Pulumi records that: the next `pulumi up` updates it whatever the program says.
 */
export async function recordWhatIs(
    server: Server,
    { spec: declared, props }: CollectionState,
    ref: CollectionRef,
    updates: readonly Update[],
    error: unknown,
): Promise<never> {
    // A server that cannot be asked now is asked by the next run, which finds the record on the collection.
    const observed = await observeCollection(server.client, ref).catch(() => undefined);
    const there =
        observed && (await asObserved(server, declared, observed, touchedBy(updates)).catch(() => undefined));
    if (!there || diffCollection(declared, there).length === 0) throw error;
    const half: HalfDone = {
        properties: { ...props, ...recordedAs(declared, there).recorded },
        reasons: [(error as Error).message],
    };
    throw Object.assign(error as Error, half);
}
