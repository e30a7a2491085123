import type { MigrationState } from "../../inputs/schema/migrationState";
import { observeCollection } from "../../observe/collection";
import { planCollection } from "../../plan/plan";
import { type CopyIntent, planCopies } from "../../plan/recovery/copies";
import { planUpdate } from "../../plan/recovery/located";
import { planUnfinished } from "../../plan/recovery/previous";
import { locateRecorded } from "../../plan/recovery/situation";
import { changesRows } from "../../plan/strategy/update";
import { markLive } from "../../migration/lifecycle/build";
import { changeInPlace } from "../../migration/lifecycle/changeInPlace";
import { recordProtection } from "../../migration/properties/protection";
import { reportOf } from "../context/reportOf";
import { requireThere } from "../context/configuredServer";
import { capabilitiesFor } from "../context/capabilitiesFor";
import { type Context, server, type Server } from "../context/context";
import { planBlocked } from "../context/planBlocked";
import { begunPlan, requireApproved } from "../context/requireApproved";
import { autoName, newGeneration } from "../context/identity";
import { planBase } from "../context/interruptedUpdate";
import type { CollectionRequest, CollectionState } from "../context/resourceState";
import { onSameServer } from "../context/sameServer";
import { observeSituation } from "../context/situation";
import { surveyRows } from "../context/surveyRows";
import { dropLeaving } from "../generations/dropRetained";
import { markImported } from "../generations/markImported";
import { ownerRenameOf, renamedAndReplaced, rewriteMarkers } from "../generations/ownerRename";
import type { Props } from "../session/props";
import { beginDetached } from "../detached/begin";
import { isDetached } from "../detached/isDetached";
import { migrationStateOf } from "../detached/standing";
import { standingText } from "../detached/standingText";
import { execute } from "../recovery/execute";
import { refusalError } from "../recovery/refusals";
import { outputs } from "../context/outputs";
import { rejectClaim } from "../generations/rejectClaim";
import { recordWhatIs } from "./recordWhatIs";

/** Changes the collection where it is, by the plan of this moment. */
export async function update(
    context: Context,
    recorded: CollectionState,
    target: Omit<CollectionRequest, "generation">,
): Promise<Props> {
    const { owner, name } = target;
    const { deployed: before, target: spec } = onSameServer(context, recorded.spec, target.spec);
    const deployed = { ...recorded, spec: before };
    const at = await server(context, deployed.props);
    const { client } = at;
    const report = reportOf(context, name, owner);
    const work = { ...at, context, owner: deployed.owner, name, spec: deployed.spec, report };
    const situation = await observeSituation(context.session, client, deployed);
    const located = locateRecorded(situation);
    requireThere(context, deployed, located);
    const { restored } = await execute(planUpdate(situation), work);
    const ref = restored ?? located!.ref;
    await rejectClaim(context, at, ref, name);
    const source = await observeCollection(client, ref);
    if (!source) throw refusalError({ reason: "gone", name: ref.name });
    const { destructive } = context.policy();
    const base = await planBase(at, deployed, source);
    const survey = await surveyRows(at, source, base.deployed, spec);
    const plan = planCollection({
        ...base,
        target: spec,
        unknowns: false,
        capabilities: await capabilitiesFor(at, source, spec),
        destructive,
        undeclared: deployed.undeclared,
        notShown: context.session.previews.notShown(deployed.generation),
        ...survey,
    });
    if (isDetached(plan)) return detach(context, recorded, target, at);
    if (plan.verdict === "blocked" || plan.replaces.length > 0) throw planBlocked(name, plan.findings);
    const planned = { name, plan, begun: base.begun };
    requireApproved(context, planned);
    // The program has gone back on a detached migration: its copy would not be that of what is here from now on.
    if (recorded.props.migrationState !== undefined)
        await execute(planCopies(situation, noCopy(deployed)), work);
    // Late writes of the migration before are merged as both collections have their rows, and partitions may go here.
    if (plan.updates.some(changesRows))
        await execute(planUnfinished(situation, located && { ...located, ref }), work);
    const isMarked = await markImported(at, { ...deployed, owner }, source);
    await rewriteMarkers(context, at, source, owner);
    const updates = plan.updates.map((one) =>
        one.kind === "rename" ? { ...one, to: one.to ?? autoName(name, deployed.generation) } : one,
    );
    const change = {
        ...at,
        ref,
        observed: source,
        ...base,
        updates,
        id: newGeneration(),
        approved: begunPlan(context, planned),
        report,
    };
    await changeInPlace(change).catch((error: unknown) => recordWhatIs(at, deployed, ref, updates, error));
    const renamed = updates.find((one) => one.kind === "rename")?.to;
    const now = renamed === undefined ? ref : { ...ref, name: renamed };
    // Its creation ended before it was whole: now it is.
    if (source.marker?.state === "building") await markLive({ ...at, ref: now }, source.marker);
    await recordProtection({ ...at, ref: now }, spec);
    await dropLeaving({ ...work, owner, spec }, now);
    const outs = { ...target.props, ...(await outputs(client, now, deployed.generation, isMarked)) };
    context.session.activeGenerations.set(owner, outs);
    return outs;
}

/** No copy of the generation is wanted. */
const noCopy = ({ owner, generation }: CollectionState): CopyIntent => ({
    ...{ owner, generation, plan: "" },
    isInPlace: () => false,
});

/** Leaves the copy to a worker: what is deployed stays so, and the outputs tell where the copy stands. */
async function detach(
    context: Context,
    deployed: CollectionState,
    target: Omit<CollectionRequest, "generation">,
    at: Server,
): Promise<Props> {
    const { owner, name, spec, props } = target;
    const ownerRename = ownerRenameOf(deployed, target);
    if (ownerRename) throw renamedAndReplaced(ownerRename);
    const generation = newGeneration();
    const ref = { database: spec.database, name: spec.name ?? autoName(name, generation) };
    const marker = { owner, generation, from: undefined };
    const report = reportOf(context, name);
    const begun = await beginDetached({ context, deployed, target: at, ref, spec, marker, report }, props);
    const hidden = Object.entries(props).filter(([key]) => key.startsWith("__"));
    const migrationState: MigrationState =
        "standing" in begun
            ? migrationStateOf(begun.standing)
            : { phase: "switched", collection: begun.outcome.ref.name };
    if ("standing" in begun) report.say(standingText(begun.standing));
    return { ...deployed.props, ...Object.fromEntries(hidden), migrationState };
}
