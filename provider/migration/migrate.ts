import { dropCollection } from "../milvus/access/drop";
import { describeCollection } from "../milvus/collection/collections";
import { isMilvusError } from "../milvus/transport/errors";
import { retentionOf } from "../plan/retention";
import type { RowMapping } from "../plan/mapping/mapping";
import { followsWrites } from "../plan/mapping/onlineWrites";
import { carriedBy, createShadow } from "./createShadow";
import type { Cutover } from "./cutover/cutover";
import { takeOverName } from "./cutover/renameCutover";
import { isRetryable, RunError } from "./errors";
import { markLive } from "./lifecycle/build";
import { copyGrants, settleGrants } from "./lifecycle/copyGrants";
import { completePartitions, disallowExplicitKeys } from "./lifecycle/create";
import { rejectStrayDatabase } from "./lifecycle/strayDatabase";
import { loadTemporarily } from "./lifecycle/temporaryLoad";
import { passGate } from "./gate/passGate";
import { type Migration, shadowRef, sourceOf } from "./migration";
import { prepareCopy } from "./prepareCopy";
import { openRecord } from "./openRecord";
import type { CopyRecord } from "./copy/copyRecord";
import { withPartitions } from "./properties/checkpoint";
import { cutoverProperty } from "./properties/cutoverRecord";
import { dropLease, holdLease, isOurs, noLease } from "./properties/lease";
import { nameSuccessor } from "./properties/successor";
import { type Endpoint, partitionsToRead } from "./read/endpoint";

/**
 * Builds the new collection beside the old one, copies every row, compares both, and returns the cutover. The old
 * collection keeps serving unchanged until the cutover. After a retryable error the copy and its checkpoint are kept
 * for the next run; after any other error the copy is dropped.
 */
export async function migrate(migration: Migration): Promise<Cutover> {
    const { source, target, marker, holder, report } = migration;
    const { client, capabilities, spec } = target;
    const old = sourceOf(migration);
    const shadow = { client, capabilities, ref: shadowRef(migration) };
    const keepsProperties = capabilities.alterProperties;
    // Before the rows are copied, not after it.
    if (migration.takesName) await rejectStrayDatabase(old.client, old.ref);
    const restoreSourceLoad = await loadTemporarily(old.client, old.ref, report);
    let swapping = false;
    let copyRecord: CopyRecord | undefined;
    try {
        const from = migration.resumed
            ? withPartitions(migration.resumed, partitionsToRead(migration.partitions))
            : await createShadow(migration, shadow);
        if (migration.resumed) await completePartitions(shadow, spec, carriedBy(migration));
        const { confirm, release, rest } = keepsProperties
            ? holdLease(client, shadow.ref, holder, report)
            : noLease;
        try {
            copyRecord = await openRecord(migration, shadow);
            const { cutover, record } = await prepareCopy(migration, {
                ...{ old, shadow, from, confirm, copyRecord },
                check: () => passGate({ migration, old, shadow, confirm }),
            });
            await disallowExplicitKeys(shadow, spec);
            // Another cluster has other roles. A name that is taken over does not keep its grants on every server.
            const grants = source.client.isSameDatabase(client)
                ? await copyGrants(client, old.ref, shadow.ref, report)
                : [];
            // If the run is interrupted after this, the copy may be in service, and no later run may drop it.
            const markCopyLive = () => markLive(shadow, marker, cutoverProperty(record));
            if (!migration.takesName) await markCopyLive();
            if (keepsProperties && source.client.isSameDatabase(client)) {
                const retain = retentionOf(spec.migration);
                await nameSuccessor(client, old.ref, { ...target.ref, retain });
            }
            swapping = migration.takesName;
            if (swapping) {
                await takeOverName(migration, cutover, shadow.ref, markCopyLive);
                await settleGrants(client, target.ref, shadow.ref, grants, report);
            }
            await (swapping ? release() : rest());
            // Until now the next run would have resumed the copy, and needed it.
            await copyRecord?.remove();
            return cutover;
        } catch (error) {
            await release();
            await (isRetryable(error) ? copyRecord?.close() : copyRecord?.remove());
            await rejectDropped(shadow, error);
            await keepOrDropCopy(migration, shadow, error);
            throw error;
        }
    } finally {
        // After a swap the name belongs to the new collection, and the old one is about to be dropped. A failure here
        // has no effect.
        if (!swapping) await restoreSourceLoad().catch(() => undefined);
    }
}

/** Says it where the cause of a failure is that somebody has dropped the copy. Errors: `MV332`. */
async function rejectDropped({ client, ref }: Endpoint, error: unknown): Promise<void> {
    if (!isMilvusError(error, "not-found")) return;
    if ((await describeCollection(client, ref)) !== undefined) return;
    throw new RunError(
        "MV332",
        `${ref.name}: was dropped while this run copied to it, as \`pulumi-milvus abort\` does. The old collection keeps serving. ` +
            "To keep the schema as it is, put the program back; `pulumi up` with this program migrates again, from the beginning",
    );
}

/**
 * Keeps a copy that the next run can resume, and drops any other. A copy that another run works on, or has put in
 * service, no longer belongs to this run.
 */
async function keepOrDropCopy(
    { target, mapping, holder, detached, report }: Migration,
    { client, ref }: Endpoint,
    error: unknown,
): Promise<void> {
    const keepsProperties = target.capabilities.alterProperties;
    if (keepsProperties && (detached || isRetryable(error))) {
        if (await isOurs(client, ref, holder).catch(() => false)) await dropLease(client, ref);
        report.say(`${ref.name} is kept; ${fateOf(mapping)}`);
        if (!followsWrites(target.spec, mapping))
            report.say(
                `warning: this migration does not carry over writes: keep the writers paused until it has finished, or drop ${ref.name} before the next \`pulumi up\``,
            );
        return;
    }
    try {
        if (await isOurs(client, ref, keepsProperties ? holder : undefined))
            await dropCollection(client, ref);
    } catch {
        report.say(
            `warning: ${ref.name} could not be dropped; the next \`pulumi up\` drops it and starts again`,
        );
    }
}

/** What the next run does with a copy that is kept. */
const fateOf = ({ key }: RowMapping): string =>
    key.regenerate
        ? "the next `pulumi up` drops it and copies all rows again, because rows with new primary keys cannot be told from those that are missing"
        : "the next `pulumi up` resumes the copy. `pulumi up` with another program, or `pulumi destroy`, drops it";
