import { rowsText } from "../../inputs/report/figures";
import { setProperties } from "../../milvus/collection/collections";
import { releaseCollection } from "../../milvus/collection/loading";
import { flush } from "../../milvus/rows/rows";
import { serverTime } from "../../milvus/rows/readPoint";
import type { Generation, RetainedRef, Successor } from "../../observe/generation";
import { observeGeneration } from "../../observe/generations";
import { markerProperties } from "../../observe/ownershipMarker";
import { property } from "../../observe/properties";
import { rowsAtStake } from "../../observe/rows";
import type { ObservedCollection } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { restoredGeneration } from "../../plan/recovery/previous";
import { momentText } from "../../plan/render/retainedText";
import { RunError } from "../../migration/errors";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { onwardProperty } from "../../migration/properties/onward";
import { listRetained, nothingPrevious } from "../../migration/properties/previous";
import { refOf } from "../context/identity";
import { dropLeaving, type RetentionContext } from "./dropRetained";
import { lastLineage } from "./retained";

/**
 * Retains a collection behind its successor instead of dropping it: released from memory, and marked. Those behind itself
 * stay behind the successor as long as the program retains them. Can be run again.
 */
export async function retain(
    retention: RetentionContext,
    old: ObservedCollection,
    successor: Successor,
): Promise<void> {
    const { client, capabilities, name, context } = retention;
    const { holder } = context.session;
    const ref = refOf(old);
    const [itself, active] = [
        await observeGeneration(client, ref, holder),
        await observeGeneration(client, successor, holder),
    ];
    if (!itself || !active) return;
    const { retain: how = {} } = successor;
    const now = await serverTime(client);
    const until = how.seconds === undefined ? undefined : now + how.seconds * 1000;
    // A run that is interrupted after this finds a collection that is not retained yet, and does it again.
    await listRetained(client, successor, chainOf(itself, active));
    await liftFence({ client, capabilities, ref });
    // Its own owner may be the name that the stack had before.
    const owner = active.marker?.owner ?? retention.owner;
    if (old.marker)
        await setProperties(client, ref, {
            ...markerProperties({ ...old.marker, owner, state: "previous" }),
            ...onwardProperty(await lastLineage(client, itself, active)),
            ...nothingPrevious,
            // One from the time when it was a copy would look like that of an interrupted rollback.
            [property.lease]: "",
            [property.keptUntil]: until === undefined ? "" : String(until),
        });
    // Out of memory its rows are counted by the server's books, which know what is stored.
    await flush(client, ref);
    await releaseCollection(client, ref);
    const time = until === undefined ? "" : ` until ${momentText(until)}`;
    context.print(
        `${name}: ${ref.name} is retained${time}, released from memory; migration.rollback: "previous" goes back to it`,
    );
    await dropLeaving(retention, successor, how);
}

/** The list of the active collection: the old one, then those behind it. What a rollback has restored is among these. */
function chainOf(old: Generation, active: Generation): RetainedRef[] {
    const generation = old.marker?.generation;
    const isListed = active.retained.some(
        (one) => one.name === old.ref.name && one.generation === generation,
    );
    // The old one has lost its list by then.
    if (isListed || generation === undefined) return [...active.retained];
    const behind = old.retained.filter(
        (one) => restoredGeneration(one.generation, generation) !== active.marker?.generation,
    );
    return [{ ...old.ref, generation }, ...behind];
}

/**
 * What to do where a deletion is protected. The first is the usual reason, and keeps the rows. Pulumi looks for `aliases` only
 * while it does not have the new resource in its state.
 */
export const wayOut =
    "If you renamed a resource, or moved it to a parent, add its former name or parent as `aliases` to its options; " +
    "if its collection has been created again already, first run `pulumi up` with the former program, which drops the empty one. " +
    "If the rows are to go, set deletionProtection to false and run `pulumi up` first";

/** Errors: `MV305`. */
export async function requireUnprotected(
    { client, spec }: Pick<RetentionContext, "client"> & { spec: Pick<Collection, "deletionProtection"> },
    observed: ObservedCollection,
): Promise<void> {
    const rows = spec.deletionProtection ? await rowsAtStake(client, observed) : 0;
    if (rows > 0)
        throw new RunError(
            "MV305",
            `${observed.name}: not dropped, it holds ${rowsText(rows)} and deletionProtection is set. ${wayOut}`,
        );
}
