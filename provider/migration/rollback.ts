import { type CollectionRef, setProperties } from "../milvus/collection/collections";
import { createMissingPartitions } from "../milvus/collection/partitions";
import { releaseCollection } from "../milvus/collection/loading";
import { countRows, flush } from "../milvus/rows/rows";
import { markerProperties } from "../observe/ownershipMarker";
import { property } from "../observe/properties";
import { retentionOf } from "../plan/retention";
import type { Update } from "../plan/strategy/update";
import { disallowExplicitKeys } from "./lifecycle/create";
import { liftFence } from "./lifecycle/writeFence";
import { copyGrants, settleGrants } from "./lifecycle/copyGrants";
import { mappingProperty, noMapping } from "./properties/rowMapping";
import { dropLease, holdLease, isOurs, takeLease } from "./properties/lease";
import { cutoverProperty } from "./properties/cutoverRecord";
import { approvedProperty } from "./properties/approved";
import { nothingPrevious } from "./properties/previous";
import { loadTemporarily } from "./lifecycle/temporaryLoad";
import { buildIndexes, load } from "./lifecycle/indexAndLoad";
import { passGate } from "./gate/passGate";
import { fullRanges, type Endpoint } from "./read/endpoint";
import { nameSuccessor } from "./properties/successor";
import { applyUpdates } from "./lifecycle/applyUpdates";
import { prepareCutover } from "./cutover/prepareCutover";
import type { Cutover } from "./cutover/cutover";
import { type Migration, sourceOf } from "./migration";
import { during } from "./report";
import { takeOverName } from "./cutover/renameCutover";

/** `target.ref` is the name that the retained collection ends up with, `marker` its ownership marker from then on. */
export interface Rollback extends Omit<Migration, "resumed"> {
    retained: CollectionRef;
    /** The generation with which the retained collection was created. */
    origin: string;
    /** Changes in place that the program declares for the retained collection. */
    updates: readonly Update[];
}

/**
 * Rolls back to a retained collection: loads it, applies the writes made since it was in service, compares it row by
 * row, and returns the cutover. Until the cutover it is marked as retained, so that the next run repeats an interrupted
 * rollback. Until then the collection in service keeps serving unchanged.
 */
export async function rollback(given: Rollback): Promise<Cutover> {
    const { source, target, retained, origin, mapping, partitions, marker } = given;
    const { takesName, holder, approved, report } = given;
    const { client, capabilities, spec, ref } = target;
    const old = sourceOf(given);
    const endpoint = { client, capabilities, ref: retained };
    await takeLease(client, retained, holder, report);
    const { confirm, release } = holdLease(client, retained, holder, report);
    let isLive = false;
    let restoreSourceLoad = () => Promise.resolve();
    try {
        // First of all: the next run sees otherwise what an interrupted one has loaded, released or renamed.
        if (approved) await setProperties(client, retained, approvedProperty(approved));
        report.say(
            `rolling back to ${retained.name}; writes made to ${old.ref.name} since the switch are carried over`,
        );
        restoreSourceLoad = await loadTemporarily(old.client, old.ref, report);
        const restoreTargetLoad = await indexAndLoad(given, endpoint);
        const expected = await countRows(old.client, old.ref);
        const ranges = fullRanges(partitions, expected);
        const { batchBytes } = spec.migration;
        const passes = { source: old, target: endpoint, mapping, partitions, ranges, batchBytes, report };
        const { generation } = source;
        const online = { spec, marker, generation, expected, confirm, holder };
        const cutover = await during(report, "verify", () => prepareCutover({ ...passes, ...online }));
        const record = {
            phase: "copied",
            run: holder.run,
            followsWrites: true,
            counted: undefined,
            spec,
        } as const;
        await flush(client, retained);
        await passGate({ migration: given, old, shadow: endpoint, confirm });
        await restoreTargetLoad();
        await confirm();
        await release();
        await disallowExplicitKeys(endpoint, spec);
        const grants = await copyGrants(client, old.ref, retained, report);
        await setProperties(client, retained, {
            ...markerProperties(marker),
            ...nothingPrevious,
            [property.origin]: origin,
            // The mapping that its own rows were once copied with would mislead a later run.
            ...noMapping,
            ...mappingProperty({ mapping, partitions }, undefined),
            ...cutoverProperty(record),
        });
        isLive = true;
        await nameSuccessor(client, old.ref, { ...ref, retain: retentionOf(spec.migration) });
        // The ownership marker is already set.
        if (takesName) {
            await takeOverName(given, cutover, retained, () => Promise.resolve());
            await settleGrants(client, ref, retained, grants, report);
        }
        // After a swap the name belongs to the other collection.
        else await restoreSourceLoad().catch(() => undefined);
        return cutover;
    } catch (error) {
        await release().catch(() => undefined);
        if (!isLive) {
            await restoreSourceLoad().catch(() => undefined);
            await retainAgain(given);
        }
        throw error;
    }
}

/** Brings the retained collection to the declared state and loads it; returns how to restore its load state. */
async function indexAndLoad(
    { retained, target, partitions, updates, report }: Rollback,
    endpoint: Endpoint,
): Promise<() => Promise<void>> {
    const { client, spec } = target;
    // Its fence may still be set from its last switch.
    await liftFence(endpoint);
    await applyUpdates(client, retained, updates, report);
    if (partitions.kind === "by-name") await createMissingPartitions(client, retained, partitions.carried);
    await during(report, "index", () => buildIndexes(client, retained, spec, report));
    await during(report, "load", () => load(client, retained, spec, report));
    return loadTemporarily(client, retained, report);
}

async function retainAgain({ target: { client }, retained, holder, report }: Rollback): Promise<void> {
    // Another run may have taken over the collection and put it in service.
    if (!(await isOurs(client, retained, holder).catch(() => false))) return;
    await dropLease(client, retained);
    await releaseCollection(client, retained).catch(() => undefined);
    report.say(`${retained.name} stays retained; the next \`pulumi up\` starts the rollback again`);
}
