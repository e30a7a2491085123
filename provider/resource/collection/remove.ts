import { rowsText } from "../../inputs/report/figures";
import { dropCollection } from "../../milvus/access/drop";
import { observeCollection } from "../../observe/collection";
import type { Generation } from "../../observe/generation";
import { observeGeneration } from "../../observe/generations";
import { observeRows, rowsAtStake } from "../../observe/rows";
import { planOrphans } from "../../plan/recovery/copies";
import { planRemoval } from "../../plan/recovery/remove";
import { locateRecorded, named, type Situation } from "../../plan/recovery/situation";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { during } from "../../migration/report";
import { reportOf } from "../context/reportOf";
import { requireThere } from "../context/configuredServer";
import { type Context, server, type Server } from "../context/context";
import { type CollectionState, collectionState } from "../context/resourceState";
import { observeCopies, observeSituation } from "../context/situation";
import { switchedResource } from "../detached/successor";
import { dropRetained } from "../generations/dropRetained";
import { requireUnprotected, retain } from "../generations/retain";
import { execute, type RecoveryWork } from "../recovery/execute";
import { finishOwnCutover, hasOwnCutover } from "../recovery/mergeLateWrites";

/**
 * Drops exactly the generation that the state speaks of, and what is retained behind it; what took its name since is left
 * alone. One that has a successor is retained where its migration was told so.
 */
export async function remove(context: Context, state: CollectionState): Promise<void> {
    const { owner } = state;
    const { session } = context;
    const at = await server(context, state.props);
    const { client } = at;
    const situation = await observeSituation(session, client, state);
    const old = locateRecorded(situation);
    // `up` knows the new collection, and has recorded it. `destroy` drops it as well.
    const isKnown = session.activeGenerations.of(owner) !== undefined;
    const switched = isKnown ? undefined : await switchedResource(at, state, situation);
    if (switched) {
        if (old) await removeAt(context, state, { at, situation, old });
        return remove(context, collectionState(switched.props));
    }
    return removeAt(context, state, { at, situation, old });
}

interface Located {
    at: Server;
    situation: Situation;
    old: Generation | undefined;
}

async function removeAt(
    context: Context,
    state: CollectionState,
    { at, situation, old }: Located,
): Promise<void> {
    const { owner, name, generation, spec } = state;
    const { session, print } = context;
    const { client } = at;
    requireThere(context, state, old);
    const observed = old && (await observeCollection(client, old.ref));
    if (!old || !observed) return;
    const { ref } = old;
    const report = reportOf(context, name, owner);
    const work = { ...at, context, owner, name, spec, report };
    const isBeingReplaced = session.pendingReplacements.isBeingReplaced(generation);
    const active = await activeOf(context, state, situation, old);
    const hasCutover = await hasOwnCutover(generation, session);
    const actions = planRemoval(situation, {
        owner,
        name,
        generation,
        old,
        active: active?.state,
        elsewhere: active?.seen,
        hasCutover,
        // Its successor would have been made by now.
        isSuccessorAwaited: isBeingReplaced || session.pendingReplacements.isCreationAwaited(owner),
        rows: await rowsAtStake(client, observed),
    });
    const [first] = actions;
    if (first?.kind === "retain") {
        await execute(actions, work);
        return;
    }
    const isElsewhere = first?.kind === "merge-late-writes" && first.successor === active?.seen;
    const elsewhere = isElsewhere ? active?.at : undefined;
    // A refusal comes first, whatever this run knows; only without actions the run's own cutover ends.
    const carryOver = async () =>
        actions.length > 0
            ? (await execute(actions, { ...work, elsewhere })).merged
            : finishOwnCutover(generation, work);
    const merged = await carryOver().catch((error: unknown) => unblock(work, old, error));
    if (merged && old.successor?.retain) {
        await retain(work, observed, old.successor);
        await merged.dropped();
        report.measure?.end();
    } else {
        // Rows are protected: those that the active collection has are not lost.
        if (!merged?.isActive) await requireUnprotected(work, observed);
        await dropRetained(work, observed);
        if (!merged) {
            const rows = await observeRows(client, observed);
            if (rows > 0) print(`${name}: dropping ${ref.name}, and its ${rowsText(rows)}`);
        }
        const drop = () => dropCollection(client, ref, print);
        await (merged ? during(report, "drop", drop) : drop());
        if (merged) print(`${name}: dropped ${ref.name}, whose rows are in its successor`);
        await merged?.dropped();
        if (merged) report.measure?.end();
        if (isBeingReplaced) session.pendingReplacements.predecessorDropped(generation);
    }
    if (hasCutover) return;
    const left = await observeCopies(session, client, state, ref);
    const goesOn = session.activeGenerations.of(owner)?.generation as string | undefined;
    await execute(planOrphans(left, { owner, generation, name: ref.name, active: goesOn }), work);
}

/** Clients of what stays would be refused until it is dropped. */
async function unblock(
    { client, capabilities, report }: RecoveryWork,
    { ref }: Generation,
    error: unknown,
): Promise<never> {
    report.measure?.end(error);
    await liftFence({ client, capabilities, ref }).catch(() => undefined);
    throw error;
}

/** The collection that this run knows to be active for the resource; it may be on another server. */
async function activeOf(
    context: Context,
    { owner }: CollectionState,
    situation: Situation,
    old: Generation,
): Promise<{ state: CollectionState; at: Server; seen: Generation | undefined } | undefined> {
    const { activeGenerations, holder } = context.session;
    const successor = named(situation, old.successor?.name)?.marker?.owner;
    // Once the resource is renamed, the active one goes by its new owner.
    const props = activeGenerations.of(owner) ?? (successor && activeGenerations.of(successor));
    if (!props) return undefined;
    const state = collectionState(props);
    const at = await server(context, props);
    return { state, at, seen: await observeGeneration(at.client, state.ref, holder) };
}
