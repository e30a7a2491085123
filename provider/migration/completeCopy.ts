import { carriedBy } from "./createShadow";
import { completePartitions } from "./lifecycle/create";
import { loadTemporarily } from "./lifecycle/temporaryLoad";
import { type Migration, shadowRef, sourceOf } from "./migration";
import { prepareCopy } from "./prepareCopy";
import { type Checkpoint, withPartitions } from "./properties/checkpoint";
import { dropLease, holdLease, isOurs } from "./properties/lease";
import { recordWorkPhase } from "./properties/workOrder";
import { partitionsToRead } from "./read/endpoint";

/**
 * Brings a copy to where only the switch is left, and records on it that it is ready. The caller has taken its lease. Nothing
 * that clients use changes. Can be run again: a ready copy then catches up with the writes made since.
 */
export async function completeCopy(migration: Migration & { resumed: Checkpoint }): Promise<void> {
    const { target, partitions, resumed, holder, report } = migration;
    const { client, capabilities, spec } = target;
    const old = sourceOf(migration);
    const shadow = { client, capabilities, ref: shadowRef(migration) };
    const { confirm, release } = holdLease(client, shadow.ref, holder, report);
    let restoreSourceLoad = () => Promise.resolve();
    try {
        restoreSourceLoad = await loadTemporarily(old.client, old.ref, report);
        const from = withPartitions(resumed, partitionsToRead(partitions));
        await completePartitions(shadow, spec, carriedBy(migration));
        const { cutover } = await prepareCopy(migration, { old, shadow, from, confirm });
        await recordWorkPhase(client, shadow.ref, "ready");
        // Whoever switches may be another machine, which compares both collections again.
        await cutover.forget();
    } catch (error) {
        report.measure?.end(error);
        throw error;
    } finally {
        await release().catch(() => undefined);
        if (await isOurs(client, shadow.ref, holder).catch(() => false)) await dropLease(client, shadow.ref);
        // Clients of the old collection decide whether it is loaded. A failure here has no effect.
        await restoreSourceLoad().catch(() => undefined);
    }
}
