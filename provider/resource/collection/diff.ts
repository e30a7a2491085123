import { isConnectionTrouble, isMilvusError } from "../../milvus/transport/errors";
import { describeCollection } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import type { Collection } from "../../inputs/schema/collection";
import { type CollectionPlan, planCollection } from "../../plan/plan";
import { isCoded } from "../../migration/errors";
import { moduleVersion } from "../../migration/transform/transformModule";
import type { RecoveryAction } from "../../plan/recovery/action";
import { planUnfinished } from "../../plan/recovery/previous";
import { locateRecorded } from "../../plan/recovery/situation";
import { planJson } from "../../plan/render/json";
import { renderPlan } from "../../plan/render/text";
import { requireThere, serverChange, serverChangeText } from "../context/configuredServer";
import { capabilitiesFor } from "../context/capabilitiesFor";
import { type Context, server } from "../context/context";
import { planBlocked } from "../context/planBlocked";
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
    /** Why the server told nothing. */
    obstacle?: Error;
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
    session.declareProtection(deployed.generation, target.deletionProtection);
    const quick = planCollection({ deployed: deployed.spec, target, unknowns: false });
    if (quick.verdict === "none" && !(await wasInterrupted(context, deployed))) {
        if (ownerRename) print(ownerRenameText(ownerRename));
        if (serverChange(context, deployed.props)) tell(context, name, await lookForIt(context, deployed));
        return quick;
    }
    const { destructive, planFormat } = context.policy();
    const { survey, unfinished, obstacle } = await look(context, deployed, target);
    const obstacles: Error[] = obstacle ? [obstacle] : [];
    const plan = planCollection({
        deployed: deployed.spec,
        target,
        unknowns: false,
        destructive,
        undeclared: deployed.undeclared,
        ...survey,
    });
    if (ownerRename) {
        const isReplaced = plan.replaces.length > 0;
        if (isReplaced) {
            tell(context, undefined, [renamedAndReplaced(ownerRename)]);
            return plan;
        }
        print(ownerRenameText(ownerRename));
    }
    const lines =
        planFormat === "json" ? [JSON.stringify(planJson(plan, { name }))] : renderPlan(plan, { name });
    lines.forEach((line) => print(line));
    // A preview says what `up` would stop for.
    if (plan.verdict === "migrate") {
        for (const action of unfinished) if (action.kind === "refuse") obstacles.push(refusalError(action));
        obstacles.push(...missingModule(plan));
    }
    tell(context, deployed.name, obstacles);
    if (plan.verdict === "blocked" && context.policy().preview === "strict")
        throw planBlocked(name, plan.findings);
    return plan;
}

/** Prints what `up` would stop for. Errors: the first of it, where the stack wants previews to fail. */
function tell({ print, policy }: Context, name: string | undefined, obstacles: readonly Error[]): void {
    const isStrict = policy().preview === "strict";
    for (const { message } of isStrict ? obstacles.slice(1) : obstacles)
        print(name === undefined ? message : `${name}: ${message}`);
    if (isStrict && obstacles[0]) throw obstacles[0];
}

/** A module is read when rows are copied; that it is not there shows before. */
function missingModule({ migration }: CollectionPlan): Error[] {
    if (!migration?.mapping.transform) return [];
    try {
        moduleVersion(migration.mapping.transform.module);
        return [];
    } catch (error) {
        return [error as Error];
    }
}

/** The configuration points to another server, and nothing else has changed: it has the collection, or says why not. */
async function lookForIt(context: Context, deployed: CollectionState): Promise<Error[]> {
    context.print(serverChangeText(deployed.name, serverChange(context, deployed.props)!));
    try {
        const { client } = await server(context, deployed.props);
        const situation = await observeSituation(context.session, client, deployed);
        requireThere(context, deployed, locateRecorded(situation));
        return [];
    } catch (error) {
        if (!isNotThere(context, deployed, error)) throw error;
        return [error];
    }
}

async function look(context: Context, deployed: CollectionState, target: Collection): Promise<Seen> {
    try {
        const at = await server(context, deployed.props);
        const { client, capabilities } = at;
        const situation = await observeSituation(context.session, client, deployed);
        const located = locateRecorded(situation);
        requireThere(context, deployed, located);
        const source = located && (await observeCollection(client, located.ref));
        if (!source) return { survey: { capabilities }, unfinished: [] };
        const rollbackSource = await findRollbackSource(context, at, source, target);
        const base = await planBase(at, deployed, source);
        const rows = await surveyRows(at, source, base.deployed, rollbackSource.target);
        return {
            survey: {
                ...rows,
                ...rollbackSource,
                ...base,
                capabilities: await capabilitiesFor(at, source, target),
            },
            unfinished: planUnfinished(situation, located),
        };
    } catch (error) {
        if (!isNotThere(context, deployed, error)) throw error;
        return { survey: {}, unfinished: [], obstacle: error };
    }
}

/** A preview goes on without the server, and without one that is not that of the last deployment; it may lack the database. */
function isNotThere(context: Context, deployed: CollectionState, error: unknown): error is Error {
    if (isConnectionTrouble(error) || isCoded(error, "MV361")) return true;
    return isMilvusError(error, "not-found") && serverChange(context, deployed.props) !== undefined;
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
