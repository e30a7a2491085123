import { type CollectionRef, setProperties } from "../milvus/collections";
import { createMissingPartitions } from "../milvus/partitions";
import { releaseCollection } from "../milvus/loading";
import { countRows, flush } from "../milvus/rows";
import { stampProperties } from "../observe/stamp";
import type { Update } from "../plan/strategy/update";
import { closeKeys } from "./lifecycle/create";
import { liftFence } from "./lifecycle/writeFence";
import { copyGrants } from "./lifecycle/copyGrants";
import { mappingProperty, noMapping } from "./properties/rowMapping";
import { dropLease, holdLease, isOurs, takeLease } from "./properties/lease";
import { nothingPrevious } from "./properties/previous";
import { makeReadable } from "./lifecycle/temporaryLoad";
import { buildIndexes, load } from "./lifecycle/indexAndLoad";
import { openRanges, type Side } from "./read/endpoint";
import { nameSuccessor } from "./properties/successor";
import { applyUpdates } from "./lifecycle/applyUpdates";
import { follow } from "./cutover/prepareCutover";
import type { Handover } from "./cutover/cutover";
import type { Migration } from "./migration";
import { takeName } from "./cutover/renameCutover";

/** `target.ref` is the name that the kept collection ends up with, `stamp` what it is from then on. */
export interface TakeUp extends Omit<Migration, "resumed"> {
    kept: CollectionRef;
    /** What the program declares otherwise, and changes in place. */
    updates: readonly Update[];
}

/**
 * Goes back to a collection that was kept: it is loaded, gets what was written since it was left, is compared row by row,
 * and takes over. Until then it counts as kept, so that a run that is cut leaves it for the next one to do the same again;
 * and the collection in service serves untouched.
 */
export async function takeUp(given: TakeUp): Promise<Handover> {
    const { source, target, kept, mapping, partitions, stamp, takesName, report } = given;
    const { client, capabilities, spec, ref } = target;
    const old = {
        client: source.client,
        ref: { database: source.observed.database, name: source.observed.name },
    };
    const back = { client, ref: kept };
    await takeLease(client, kept, report);
    const { confirm, release } = holdLease(client, kept);
    let inCharge = false;
    let closeSource = () => Promise.resolve();
    try {
        report.say(`taking up ${kept.name}, which was kept, with what was written to ${old.ref.name} since`);
        closeSource = await makeReadable(old.client, old.ref, report);
        const closeTarget = await serve(given, back);
        const expected = await countRows(old.client, old.ref);
        const ranges = openRanges(partitions, expected);
        const { batchBytes } = spec.migration;
        const passes = { source: old, target: back, mapping, partitions, ranges, batchBytes, report };
        const { generation } = source;
        const handover = await follow({
            ...passes,
            spec,
            capabilities,
            stamp,
            generation,
            expected,
            confirm,
        });
        await flush(client, kept);
        await closeTarget();
        await confirm();
        await release();
        await closeKeys(client, kept, spec, capabilities);
        if (!takesName) await copyGrants(client, old.ref, kept, report);
        await setProperties(client, kept, {
            ...stampProperties(stamp),
            ...nothingPrevious,
            // How its own rows once came about would mislead a later run.
            ...noMapping,
            ...mappingProperty({ mapping, partitions }),
        });
        inCharge = true;
        await nameSuccessor(client, old.ref, { ...ref, keep: spec.migration.keepPrevious });
        // It is stamped already.
        if (takesName) await takeName(given, handover, kept, () => Promise.resolve());
        // After a swap the name is that of the other one.
        else await closeSource().catch(() => undefined);
        return handover;
    } catch (error) {
        await release().catch(() => undefined);
        if (!inCharge) {
            await closeSource().catch(() => undefined);
            await putAway(given);
        }
        throw error;
    }
}

/** Makes the kept collection answer as the program declares it; returns how to put it back where it should not. */
async function serve(
    { kept, target, partitions, updates, report }: TakeUp,
    back: Side,
): Promise<() => Promise<void>> {
    const { client, capabilities, spec } = target;
    // It was put away as it was after its last switch.
    await liftFence(back, capabilities);
    await applyUpdates(client, kept, updates, report);
    if (partitions.kind === "by-name") await createMissingPartitions(client, kept, partitions.carried);
    await buildIndexes(client, kept, spec, report);
    await load(client, kept, spec, report);
    return makeReadable(client, kept, report);
}

async function putAway({ target: { client }, kept, report }: TakeUp): Promise<void> {
    // Another run may have taken it over, and put it in service.
    if (!(await isOurs(client, kept, true).catch(() => false))) return;
    await dropLease(client, kept);
    await releaseCollection(client, kept).catch(() => undefined);
    report.say(`${kept.name} stays kept; the next \`pulumi up\` takes it up again`);
}
