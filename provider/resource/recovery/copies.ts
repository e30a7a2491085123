import { rowsText } from "../../inputs/report/figures";
import { dropCollection } from "../../milvus/access/drop";
import type { CollectionRef } from "../../milvus/collection/collections";
import { observeGeneration } from "../../observe/generations";
import type { Marked, RecoveryAction } from "../../plan/recovery/action";
import { isEmptyAndUnused } from "../../migration/lifecycle/abandonedCreate";
import { type Checkpoint, readCheckpoint } from "../../migration/properties/checkpoint";
import { seizeLease, takeLease } from "../../migration/properties/lease";
import { combineShards, rejectWorkers } from "../../migration/shards/combineShards";
import { releaseSource } from "../../migration/shards/sourceLoad";
import type { RecoveryWork } from "./execute";
import { refusalError } from "./refusals";

type Of<Kind extends RecoveryAction["kind"]> = Extract<RecoveryAction, { kind: Kind }>;

/** A copy that an interrupted run left, and whether the plan of this run is its plan. */
export interface ResumedCopy {
    ref: CollectionRef;
    generation: string;
    checkpoint: Checkpoint;
    /** Whether a worker makes it, or has made it. */
    isDetached: boolean;
}

/**
 * Takes over a copy. Undefined if its plan differs once the lease is taken: then it is dropped. Errors: `MV322` where
 * another run works on it.
 */
export async function resumeCopy(
    { copy }: Of<"resume-copy">,
    work: RecoveryWork,
): Promise<ResumedCopy | undefined> {
    const { client, report } = work;
    await takeCopy(copy, work);
    await combineShards(client, copy.ref, work.context.session.holder, report);
    const checkpoint = await readCheckpoint(client, copy.ref);
    if (checkpoint?.plan !== copy.checkpoint?.plan) {
        await drop(copy, work);
        return undefined;
    }
    report.say(
        `resuming the copy ${copy.ref.name}: an interrupted run has copied ${rowsText(checkpoint!.rows)}`,
    );
    const isDetached = copy.detached !== undefined;
    return { ref: copy.ref, generation: copy.marker.generation, checkpoint: checkpoint!, isDetached };
}

export async function dropCopy({ copy }: Of<"drop-copy">, work: RecoveryWork): Promise<void> {
    if (copy.checkpoint || copy.lease !== "none") {
        // Nobody waits for a worker, which may be at work for days on what nobody wants any more.
        const isBuilding = copy.marker.state === "building";
        await takeCopy(copy, work, isBuilding && copy.detached !== undefined);
    }
    return drop(copy, work);
}

export async function dropOrphan(
    { copy: { ref }, of }: Of<"drop-orphan">,
    { client, context, name }: RecoveryWork,
): Promise<void> {
    context.print(`${name}: dropping ${ref.name}, an unfinished copy of ${of} left by an interrupted run`);
    await dropCollection(client, ref);
}

export function keepOrphan({ copy, of }: Of<"keep-orphan">, { context, name }: RecoveryWork): Promise<void> {
    context.print(
        `warning: ${name}: ${copy.ref.name} holds rows of ${of}, and is kept. ` +
            "If it is not part of this stack, a run was interrupted before Pulumi recorded it: drop it with a Milvus client once nobody needs it",
    );
    return Promise.resolve();
}

export async function dropAbandonedCreate(
    { at }: Of<"drop-abandoned-create">,
    { client, report }: RecoveryWork,
): Promise<void> {
    if (!(await isEmptyAndUnused(client, at))) return;
    report.say(`dropping ${at.name}: an interrupted run created it, and it is empty`);
    await dropCollection(client, at);
}

async function drop({ ref, checkpoint }: Marked, { client, report }: RecoveryWork): Promise<void> {
    const what = checkpoint ? "of another plan" : "without a checkpoint";
    report.say(`dropping ${ref.name}, an unfinished copy ${what} left by an interrupted run`);
    await releaseSource(client, ref, report);
    await dropCollection(client, ref);
}

/** The run that held the lease may have put the copy in service while this run waited for it. */
async function takeCopy(
    { ref, marker }: Marked,
    { client, context, report }: RecoveryWork,
    /** Whether to take the lease from a run at work, which ends then. */
    isSeized = false,
): Promise<void> {
    const { holder } = context.session;
    if (isSeized) await seizeLease(client, ref, holder);
    else {
        await takeLease(client, ref, holder, report);
        await rejectWorkers(client, ref, holder);
    }
    const now = await observeGeneration(client, ref, holder);
    if (!now || now.aliases.length === 0) return;
    const { name } = ref;
    throw refusalError({
        reason: "copy-in-service",
        name,
        aliases: now.aliases,
        generation: marker.from!,
    });
}
