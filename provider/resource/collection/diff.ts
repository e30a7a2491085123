import { isConnectionTrouble } from "../../milvus/transport/errors";
import { describeCollection } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import type { Collection } from "../../inputs/schema/collection";
import { type CollectionPlan, planCollection } from "../../plan/plan";
import type { RecoveryAction } from "../../plan/recovery/action";
import { planUnfinished } from "../../plan/recovery/previous";
import { locateRecorded } from "../../plan/recovery/situation";
import { planJson } from "../../plan/render/json";
import { renderPlan } from "../../plan/render/text";
import { type Context, server } from "../context/context";
import { interruptedUpdate, planBase, type PlanBase } from "../context/interruptedUpdate";
import type { CollectionState } from "../context/resourceState";
import { observeSituation } from "../context/situation";
import { type RowSurvey, surveyRows } from "../context/surveyRows";
import { type OwnerRename, ownerRenameText, renamedAndReplaced } from "../generations/ownerRename";
import { findRollbackSource, type RollbackSource } from "../generations/rollbackSource";
import { refusalError } from "../recovery/refusals";

/** What the server told of the source; nothing where it cannot be reached: a preview goes by what was recorded. */
interface Seen {
    survey: Partial<RowSurvey & RollbackSource & PlanBase>;
    /** What recovery would do about the migration before. */
    unfinished: readonly RecoveryAction[];
}

/**
 * Compares what was deployed with what is declared. Where nothing changed, the server is only asked whether a change in
 * place was interrupted.
 */
export async function diff(
    context: Context,
    deployed: CollectionState,
    target: Collection,
    /** As the engine calls it now; another one than it was with where the resource was renamed. */
    ownerRename?: OwnerRename,
): Promise<CollectionPlan> {
    const { session, print } = context;
    const { owner, name } = ownerRename ? { owner: ownerRename.to, name: ownerRename.name } : deployed;
    session.activeGenerations.set(owner, deployed.props);
    // Whatever the verdict: the engine may replace for reasons of its own (`replaceOnChanges`).
    session.pendingReplacements.add(owner, deployed.props);
    const quick = planCollection({ deployed: deployed.spec, target, unknowns: false });
    if (quick.verdict === "none" && !(await wasInterrupted(context, deployed))) {
        if (ownerRename) print(ownerRenameText(ownerRename));
        return quick;
    }
    const { destructive, planFormat } = context.policy();
    const { survey, unfinished } = await look(context, deployed, target);
    const plan = planCollection({
        deployed: deployed.spec,
        target,
        unknowns: false,
        destructive,
        ...survey,
    });
    if (ownerRename) {
        const isReplaced = plan.replaces.length > 0;
        print(isReplaced ? renamedAndReplaced(ownerRename).message : ownerRenameText(ownerRename));
        if (isReplaced) return plan;
    }
    const lines =
        planFormat === "json" ? [JSON.stringify(planJson(plan, { name }))] : renderPlan(plan, { name });
    lines.forEach((line) => print(line));
    // A preview says what `up` would stop for.
    if (plan.verdict === "migrate")
        for (const action of unfinished)
            if (action.kind === "refuse") print(`${deployed.name}: ${refusalError(action).message}`);
    return plan;
}

async function look(context: Context, deployed: CollectionState, target: Collection): Promise<Seen> {
    try {
        const at = await server(context, deployed.props);
        const { client, capabilities } = at;
        const situation = await observeSituation(context.session, client, deployed);
        const located = locateRecorded(situation);
        const source = located && (await observeCollection(client, located.ref));
        if (!source) return { survey: { capabilities }, unfinished: [] };
        const rollbackSource = await findRollbackSource(context, at, source, target);
        const base = await planBase(at, deployed, source);
        const rows = await surveyRows(client, source, base.deployed, rollbackSource.target);
        return {
            survey: { ...rows, ...rollbackSource, ...base, capabilities },
            unfinished: planUnfinished(situation, located),
        };
    } catch (error) {
        if (!isConnectionTrouble(error)) throw error;
        context.print(`${deployed.name}: ${error.message}`);
        return { survey: {}, unfinished: [] };
    }
}

/** A program that did not change must not fail because its server cannot be reached. */
async function wasInterrupted({ connection, session }: Context, deployed: CollectionState): Promise<boolean> {
    try {
        const client = await session.clients.connect(connection(deployed.props));
        if (await describeCollection(client, deployed.ref))
            return (await interruptedUpdate(client, deployed, deployed.ref)) !== undefined;
        // It may have been renamed.
        const located = locateRecorded(await observeSituation(session, client, deployed));
        return (
            located !== undefined && (await interruptedUpdate(client, deployed, located.ref)) !== undefined
        );
    } catch {
        return false;
    }
}
