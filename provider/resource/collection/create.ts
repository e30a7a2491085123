import { listAliases } from "../../milvus/aliases";
import { type CollectionRef, dropCollection } from "../../milvus/collections";
import { isConnectionTrouble } from "../../milvus/errors";
import { observeCollection } from "../../observe/collection";
import { observeRows, rowsAtStake } from "../../observe/rows";
import { changesRows } from "../../plan/strategy/update";
import { planJson } from "../../plan/render/json";
import { type CollectionPlan, planCollection } from "../../plan/plan";
import { renderPlan } from "../../plan/render/text";
import { applyUpdates } from "../../migration/lifecycle/applyUpdates";
import { build } from "../../migration/lifecycle/build";
import { progressPrinter } from "../../migration/progressPrinter";
import type { Collection } from "../../inputs/collection";
import { RunError } from "../../migration/errors";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { readSuccessor } from "../../migration/properties/successor";
import { adopt } from "./adopt";
import { type Context, type Props, server } from "../context/context";
import { dropOrphanedCopies } from "../recovery/orphanedCopies";
import {
    finishPreviousMigration,
    requirePreviousMigrationSwitched,
} from "../recovery/finishPreviousMigration";
import { pendingReplacements, activeCutovers, activeGenerations } from "../context/session";
import { restoreOriginalName, requireNotSwapped } from "../recovery/restoreOriginalName";
import { autoName, hidden, locate } from "../context/identity";
import { dropPrevious, retain, requireUnprotected, type RetentionContext } from "../generations/retain";
import {
    type OwnerRename,
    renamedAndReplaced,
    ownerRenameOf,
    ownerRenameText,
    rewriteMarkers,
} from "../generations/ownerRename";
import { type RollbackSource, findRollbackSource } from "../generations/rollbackSource";
import { planBlocked, requireSupported } from "../context/planBlocked";
import { mergeLateWrites } from "../recovery/mergeLateWrites";
import { replace } from "./replace";
import { type RowSurvey, surveyRows } from "../context/surveyRows";
import { rejectBlindReplace } from "../recovery/blindReplace";

/** What Pulumi stores besides the inputs. */
export interface Outputs {
    collectionName: string;
    generation: string;
    /** Empty where the server has none. */
    collectionId: string;
    /** False where the server could not be told whose the collection is. */
    __stamped: boolean;
}

/** Compares what was deployed with what is declared; asks the server only where something changed. */
export async function diff(
    context: Context,
    olds: Props,
    deployed: Collection,
    target: Collection,
    /** As the engine calls it now; another one than it was with where the resource was renamed. */
    ownerRename?: OwnerRename,
): Promise<CollectionPlan> {
    const { owner, name } = ownerRename ? { owner: ownerRename.to, name: ownerRename.name } : hidden(olds);
    activeGenerations.set(owner, olds);
    // Whatever the verdict: the engine may replace for reasons of its own (`replaceOnChanges`).
    pendingReplacements.add(owner, { props: olds, deployed });
    const quick = planCollection({ deployed, target, unknowns: false });
    if (quick.verdict === "none") {
        if (ownerRename) context.print(ownerRenameText(ownerRename));
        return quick;
    }
    const { destructive, planFormat } = context.policy();
    const survey = await look(context, olds, deployed, target);
    const plan = planCollection({ deployed, target, unknowns: false, destructive, ...survey });
    if (ownerRename) {
        const isReplaced = plan.replaces.length > 0;
        context.print(isReplaced ? renamedAndReplaced(ownerRename).message : ownerRenameText(ownerRename));
        if (isReplaced) return plan;
    }
    const lines =
        planFormat === "json" ? [JSON.stringify(planJson(plan, { name }))] : renderPlan(plan, { name });
    lines.forEach(context.print);
    if (plan.verdict === "migrate") await reportPreviousMigration(context, olds);
    return plan;
}

/** A preview says what `up` would stop for. */
async function reportPreviousMigration(context: Context, olds: Props): Promise<void> {
    try {
        await requirePreviousMigrationSwitched(context, olds);
    } catch (error) {
        if (!(error instanceof RunError) && !isConnectionTrouble(error)) throw error;
        context.print(`${hidden(olds).name}: ${error.message}`);
    }
}

/** The source and what its server can do; nothing where it cannot be reached: a preview goes by what was recorded. */
async function look(
    context: Context,
    olds: Props,
    deployed: Collection,
    target: Collection,
): Promise<Partial<RowSurvey & RollbackSource>> {
    try {
        const { client, capabilities } = await server(context, olds);
        const ref = await locate(client, olds);
        const source = ref && (await observeCollection(client, ref));
        if (!source) return { capabilities };
        const rollbackSource = await findRollbackSource({ client, capabilities }, source, target);
        return {
            ...(await surveyRows(client, source, deployed, rollbackSource.target)),
            ...rollbackSource,
            capabilities,
        };
    } catch (error) {
        if (!isConnectionTrouble(error)) throw error;
        context.print(`${hidden(olds).name}: ${error.message}`);
        return {};
    }
}

/** Creates a new collection, or, where one is replaced, the successor with the rows of the old. */
export async function create(context: Context, props: Props, spec: Collection): Promise<Outputs> {
    const { owner, name, generation } = hidden(props);
    const report = progressPrinter(name, context.print);
    const target = await server(context, props);
    const ref = { database: spec.database, name: spec.name ?? autoName(name, generation) };
    const marker = { owner, generation, from: undefined };
    // What is deleted later in this run learns which one is in charge.
    const made = (outs: Outputs) => {
        activeGenerations.set(owner, { ...props, ...outs });
        return outs;
    };
    const predecessor = pendingReplacements.of(owner);
    if (predecessor) {
        const ownerRename = ownerRenameOf(predecessor.props, props);
        if (ownerRename) throw renamedAndReplaced(ownerRename);
        await finishPreviousMigration(context, predecessor);
        const successor = await replace({ context, predecessor, target, ref, spec, marker, report });
        pendingReplacements.cancel(owner);
        return made(await outputs(target.client, successor.ref, successor.generation));
    }
    if (spec.adopt) {
        const isMarked = await adopt(target, ref, spec, { ...marker, state: "live" }, report);
        if (isMarked !== undefined)
            return made({ ...(await outputs(target.client, ref, generation)), __stamped: isMarked });
    }
    requireSupported(name, spec, target.capabilities);
    await rejectBlindReplace(target, { owner, name }, spec);
    await build({ ...target, ref, spec, marker, report });
    pendingReplacements.cancel(owner);
    return made(await outputs(target.client, ref, generation));
}

/** Changes the collection where it is, by the plan of this moment. */
export async function update(
    context: Context,
    olds: Props,
    news: Props,
    deployed: Collection,
    target: Collection,
): Promise<Outputs> {
    const { owner, name } = hidden(news);
    const at = await server(context, olds);
    const { client, capabilities } = at;
    const found = await locate(client, olds);
    if (!found) throw gone(olds);
    const ref = await restoreOriginalName(client, olds, found, progressPrinter(name, context.print));
    await requireNotSwapped(client, olds, ref);
    const source = await observeCollection(client, ref);
    if (!source) throw gone(olds);
    // A migration that was given up right before its switch has left it so.
    await liftFence({ client, ref }, capabilities);
    const { destructive } = context.policy();
    const survey = await surveyRows(client, source, deployed, target);
    const plan = planCollection({ deployed, target, unknowns: false, capabilities, destructive, ...survey });
    if (plan.verdict === "blocked" || plan.replaces.length > 0) throw planBlocked(name, plan.findings);
    // Its late writes are those of rows as both have them, and it may have partitions that go here.
    if (plan.updates.some(changesRows)) await finishPreviousMigration(context, { props: olds, deployed });
    await rewriteMarkers(at, source, owner);
    await applyUpdates(client, ref, plan.updates, progressPrinter(name, context.print));
    const outs = await outputs(client, ref, olds.generation as string, olds.__stamped !== false);
    activeGenerations.set(owner, { ...news, ...outs });
    return outs;
}

/**
 * Drops exactly the generation that the state speaks of, and what is kept behind it; what took its name meanwhile is left
 * alone. One that has a successor is kept where its migration was told so.
 */
export async function remove(context: Context, props: Props, spec: Collection): Promise<void> {
    const { owner, name } = hidden(props);
    const at = await server(context, props);
    const { client } = at;
    const ref = await locate(client, props);
    if (!ref) return;
    const observed = await observeCollection(client, ref);
    if (!observed) return;
    const retention: RetentionContext = { ...at, owner, name, spec, print: context.print };
    const successor = await readSuccessor(client, ref);
    // A former run was cut before Pulumi noted that it is kept.
    if (observed.marker?.state === "previous") return successor && retain(retention, observed, successor);
    const aliases = await listAliases(client, ref);
    if (aliases.length > 0) {
        // Its clients would be refused until it is dropped.
        await liftFence({ client, ref }, at.capabilities);
        throw new RunError(
            "MV304",
            `${ref.name}: not dropped, the alias ${aliases.join(", ")} still points at it and is not part of this program. ` +
                "Point it elsewhere or drop it, then run `pulumi up` again",
        );
    }
    const isBeingReplaced = pendingReplacements.isBeingReplaced(props.generation as string);
    // Its successor would have been made by now.
    if (isBeingReplaced || pendingReplacements.isCreationAwaited(owner)) {
        const rows = await rowsAtStake(client, observed);
        if (rows > 0)
            throw new RunError(
                "MV306",
                `${name}: deleteBeforeReplace would drop ${rows} rows before they are copied. Remove that option from the resource`,
            );
    }
    const generation = props.generation as string;
    const hasActiveCutover = activeCutovers.bySource(generation) !== undefined;
    const clear = async () => {
        if (hasActiveCutover) return;
        await dropOrphanedCopies(
            retention,
            { ...ref, generation },
            activeGenerations.of(owner)?.generation as string | undefined,
        );
    };
    const carried = await mergeLateWrites(context, props, client, observed, successor).catch(
        async (error: unknown) => {
            await liftFence({ client, ref }, at.capabilities).catch(() => undefined);
            throw error;
        },
    );
    if (carried && successor?.keep) {
        await retain(retention, observed, successor);
        await carried.dropped();
        return clear();
    }
    // What is protected are rows: those that the one in charge has are not lost.
    if (!carried?.isActive) await requireUnprotected(retention, observed);
    await dropPrevious(retention, observed);
    if (!carried) {
        const rows = await observeRows(client, observed);
        if (rows > 0) context.print(`${name}: dropping ${ref.name}, ${rows} rows with it`);
    }
    await dropCollection(client, ref);
    await carried?.dropped();
    await clear();
    if (isBeingReplaced) pendingReplacements.predecessorDropped(generation);
}

async function outputs(
    client: Parameters<typeof locate>[0],
    ref: CollectionRef,
    generation: string,
    isMarked = true,
): Promise<Outputs> {
    const observed = await observeCollection(client, ref);
    return {
        collectionName: ref.name,
        generation,
        collectionId: observed?.collectionId ?? "",
        __stamped: isMarked,
    };
}

function gone(props: Props): RunError {
    return new RunError(
        "MV307",
        `${String(props.collectionName)}: the collection is gone. Run \`pulumi refresh\`, then \`pulumi up\``,
    );
}
