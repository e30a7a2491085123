import { isConnectionTrouble, isMilvusError } from "../../milvus/transport/errors";
import type { CollectionRef } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import { changeRefusal } from "../../observe/capabilities";
import { observeCollection } from "../../observe/collection";
import type { Collection } from "../../inputs/schema/collection";
import { type CollectionPlan, planCollection } from "../../plan/plan";
import { isCoded } from "../../migration/errors";
import { moduleVersion } from "../../migration/transform/transformModule";
import type { RecoveryAction } from "../../plan/recovery/action";
import { approvedOn } from "../../plan/recovery/approved";
import { planUnfinished } from "../../plan/recovery/previous";
import { locateRecorded, type Situation, switchedByWorker } from "../../plan/recovery/situation";
import { planJson } from "../../plan/render/json";
import { renderPlan } from "../../plan/render/text";
import { requireThere, serverChange, serverChangeText } from "../context/configuredServer";
import { capabilitiesFor } from "../context/capabilitiesFor";
import { type Context, server, type Server } from "../context/context";
import { planBlocked } from "../context/planBlocked";
import { tellApproval, tellApprovedLater } from "../context/requireApproved";
import { planBase, type PlanBase } from "../context/interruptedUpdate";
import type { CollectionState } from "../context/resourceState";
import { onSameServer } from "../context/sameServer";
import { observeSituation } from "../context/situation";
import { type RowSurvey, surveyRows } from "../context/surveyRows";
import { type OwnerRename, ownerRenameText, renamedAndReplaced } from "../generations/ownerRename";
import { findRollbackSource, type RollbackSource } from "../generations/rollbackSource";
import { detachedJson, type DetachedPreview, previewDetached } from "../detached/preview";
import { isAsDeclared } from "../recovery/adoptSwitched";
import { refusalError } from "../recovery/refusals";
import { lookQuickly } from "./lookQuickly";

/** A plan, and what a detached migration makes of it. */
export type Diff = CollectionPlan & {
    /** Whether `up` changes something although the plan is none: it drops a copy that is not wanted any more. */
    dropsCopies?: boolean;
    /** Whether a worker has switched already: `up` records that. */
    isSwitched?: boolean;
    /** Whether a worker makes the copy: `up` replaces nothing yet. */
    isPending?: boolean;
};

/** What the server told of the source; nothing where it cannot be reached: a preview goes by what was recorded. */
interface Seen {
    survey: Partial<RowSurvey & RollbackSource & PlanBase>;
    /** Why the server told nothing. */
    obstacle?: Error;
    /** Why this user may change nothing. */
    refusal?: Error | undefined;
    /** What recovery would do about the migration before. */
    unfinished: readonly RecoveryAction[];
    /** Undefined where the server told nothing. */
    found?: { client: MilvusClient; situation: Situation };
    /** What a worker has put in the place of what the state has. */
    switched?: string;
}

/**
 * Compares what was deployed with what is declared. Where nothing changed, the server is only asked whether a change in
 * place was interrupted.
 */
export async function diff(
    context: Context,
    recorded: CollectionState,
    declared: Collection,
    /** As the engine calls it now; another one than it was with where the resource was renamed. */
    ownerRename?: OwnerRename,
    /** Arguments that are known only at `up`. */
    open: readonly string[] = [],
): Promise<Diff> {
    const { session, print } = context;
    const { deployed: spec, target } = onSameServer(context, recorded.spec, declared);
    const deployed = { ...recorded, spec };
    const { owner, name } = ownerRename ? { owner: ownerRename.to, name: ownerRename.name } : deployed;
    session.activeGenerations.set(owner, deployed.props);
    // Whatever the verdict: the engine may replace for reasons of its own (`replaceOnChanges`).
    session.pendingReplacements.add(owner, deployed.props);
    session.declareProtection(deployed.generation, target.deletionProtection);
    const quick = planCollection({ deployed: deployed.spec, target, unknowns: false });
    const isPending = recorded.props.migrationState !== undefined;
    const seen = quick.verdict === "none" && !isPending ? await lookQuickly(context, deployed) : undefined;
    if (seen?.wasInterrupted === false) {
        const { retained } = seen;
        const unchanged = retained
            ? planCollection({ deployed: deployed.spec, target, unknowns: false, retained })
            : quick;
        if (ownerRename) print(ownerRenameText(ownerRename));
        if (serverChange(context, deployed.props)) tell(context, name, await lookForIt(context, deployed));
        if (unchanged.retained.length > 0) printPlan(context, unchanged, name);
        return unchanged;
    }
    const { destructive } = context.policy();
    const { survey, unfinished, obstacle, refusal, found, switched } = await look(context, deployed, target);
    const obstacles: Error[] = obstacle ? [obstacle] : [];
    if (switched !== undefined) {
        if (obstacle) tell(context, name, obstacles);
        else
            print(
                `${name}: a worker has switched to ${switched}; \`pulumi up\` records that, and copies no rows`,
            );
        return { ...quick, isSwitched: true };
    }
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
    const detached = found && (await previewDetached(session, found.client, found.situation, plan));
    printPlan(context, plan, name, detached);
    // A preview says what `up` would stop for.
    if (plan.verdict === "migrate") {
        for (const action of unfinished) if (action.kind === "refuse") obstacles.push(refusalError(action));
        obstacles.push(...missingModule(plan));
    }
    if (refusal && (plan.verdict === "migrate" || plan.verdict === "update")) obstacles.push(refusal);
    tell(context, deployed.name, obstacles);
    if (plan.verdict === "blocked" && context.policy().preview === "strict")
        throw planBlocked(name, plan.findings);
    if (open.length > 0) tellApprovedLater(context, name, open);
    else tellApproval(context, { name, plan, begun: survey.begun });
    return detached ? asDetached(plan, detached) : plan;
}

/** A warning begins with that word, whatever it is about. */
const asLineOf = (name: string, line: string): string =>
    line.startsWith("warning: ") ? `warning: ${name}: ${line.slice("warning: ".length)}` : `${name}: ${line}`;

const asDetached = (plan: CollectionPlan, { isPending, dropsCopies }: DetachedPreview): Diff => ({
    ...plan,
    ...(isPending && { replaces: [] }),
    ...{ isPending, dropsCopies },
});

function printPlan(
    { policy, print }: Context,
    plan: CollectionPlan,
    name: string,
    detached?: DetachedPreview,
): void {
    const { planFormat } = policy();
    const lines =
        planFormat === "json"
            ? [JSON.stringify(planJson(plan, { name, detached: detachedJson(detached) }))]
            : [...renderPlan(plan, { name }), ...(detached?.lines ?? []).map((line) => asLineOf(name, line))];
    lines.forEach((line) => print(line));
}

/** Prints what `up` would stop for. Errors: the first of it, where the stack wants previews to fail. */
function tell({ print, policy }: Context, name: string | undefined, obstacles: readonly Error[]): void {
    const isStrict = policy().preview === "strict";
    for (const { message } of isStrict ? obstacles.slice(1) : obstacles)
        print(`warning: ${name === undefined ? message : `${name}: ${message}`}`);
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
        const successor = switchedByWorker(situation);
        if (successor) return await lookAtSwitched(at, deployed, target, successor.ref);
        const source = located && (await observeCollection(client, located.ref));
        const found = { client, situation };
        if (!source) return { survey: { capabilities }, unfinished: [], found };
        const rollbackSource = await findRollbackSource(context, at, source, target);
        const base = await planBase(at, deployed, source);
        const rows = await surveyRows(at, source, base.deployed, rollbackSource.target);
        return {
            survey: {
                ...rows,
                ...rollbackSource,
                ...base,
                begun: base.begun ?? approvedOn(situation),
                capabilities: await capabilitiesFor(at, source, target),
            },
            refusal: await changeRefusal(client),
            unfinished: planUnfinished(situation, located),
            found,
        };
    } catch (error) {
        if (!isNotThere(context, deployed, error)) throw error;
        return { survey: {}, unfinished: [], obstacle: error };
    }
}

async function lookAtSwitched(
    { client, capabilities }: Server,
    { name }: CollectionState,
    target: Collection,
    serving: CollectionRef,
): Promise<Seen> {
    const isWanted = await isAsDeclared(client, capabilities, serving, target);
    const obstacle = isWanted ? undefined : refusalError({ reason: "switched", name, serving: serving.name });
    return { survey: {}, unfinished: [], switched: serving.name, ...(obstacle && { obstacle }) };
}

/** A preview goes on without the server, and without one that is not that of the last deployment; it may lack the database. */
function isNotThere(context: Context, deployed: CollectionState, error: unknown): error is Error {
    if (isConnectionTrouble(error) || isCoded(error, "MV361")) return true;
    return isMilvusError(error, "not-found") && serverChange(context, deployed.props) !== undefined;
}
