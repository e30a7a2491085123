import { observeCollection } from "../../observe/collection";
import { planCollection } from "../../plan/plan";
import { planUpdate } from "../../plan/recovery/located";
import { planUnfinished } from "../../plan/recovery/previous";
import { locateRecorded } from "../../plan/recovery/situation";
import { changesRows } from "../../plan/strategy/update";
import { markLive } from "../../migration/lifecycle/build";
import { changeInPlace } from "../../migration/lifecycle/changeInPlace";
import { recordProtection } from "../../migration/properties/protection";
import { progressPrinter } from "../../migration/progressPrinter";
import { requireThere } from "../context/configuredServer";
import { capabilitiesFor } from "../context/capabilitiesFor";
import { type Context, server } from "../context/context";
import { planBlocked } from "../context/planBlocked";
import { autoName, newGeneration } from "../context/identity";
import { planBase } from "../context/interruptedUpdate";
import type { CollectionRequest, CollectionState } from "../context/resourceState";
import { observeSituation } from "../context/situation";
import { surveyRows } from "../context/surveyRows";
import { markImported } from "../generations/markImported";
import { rewriteMarkers } from "../generations/ownerRename";
import { execute } from "../recovery/execute";
import { refusalError } from "../recovery/refusals";
import { type Outputs, outputs } from "./outputs";
import { rejectClaim } from "./rejectClaim";
import { recordWhatIs } from "./recordWhatIs";

/** Changes the collection where it is, by the plan of this moment. */
export async function update(
    context: Context,
    deployed: CollectionState,
    target: Omit<CollectionRequest, "generation">,
): Promise<Outputs> {
    const { owner, name, spec } = target;
    const at = await server(context, deployed.props);
    const { client } = at;
    const report = progressPrinter(name, context.print);
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
    if (plan.verdict === "blocked" || plan.replaces.length > 0) throw planBlocked(name, plan.findings);
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
        report,
    };
    await changeInPlace(change).catch((error: unknown) => recordWhatIs(at, deployed, ref, updates, error));
    const renamed = updates.find((one) => one.kind === "rename")?.to;
    const now = renamed === undefined ? ref : { ...ref, name: renamed };
    // Its creation ended before it was whole: now it is.
    if (source.marker?.state === "building") await markLive({ ...at, ref: now }, source.marker);
    await recordProtection({ ...at, ref: now }, spec);
    const outs = await outputs(client, now, deployed.generation, isMarked);
    context.session.activeGenerations.set(owner, { ...target.props, ...outs });
    return outs;
}
