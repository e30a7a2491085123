import type { CollectionRef } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import type { BegunPlan } from "../../observe/generation";
import type { ObservedCollection, OwnershipMarker } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { type CollectionPlan, planCollection } from "../../plan/plan";
import { gatedFields } from "../../plan/mapping/gatedFields";
import { approvedOn } from "../../plan/recovery/approved";
import { planReplace } from "../../plan/recovery/located";
import { planRestored, planUnfinished } from "../../plan/recovery/previous";
import { locateRecorded } from "../../plan/recovery/situation";
import { requireOwnName } from "../../migration/cutover/renameCutover";
import type { Detached, Migration } from "../../migration/migration";
import type { Report } from "../../migration/report";
import { checkProgramQueries } from "../../migration/gate/programQueries";
import { loadModule } from "../../migration/transform/transformModule";
import { requireThere } from "../context/configuredServer";
import { type Context, server, type Server } from "../context/context";
import { planBase } from "../context/interruptedUpdate";
import { planBlocked } from "../context/planBlocked";
import { begunPlan, requireApproved } from "../context/requireApproved";
import type { CollectionState } from "../context/resourceState";
import { onSameServer } from "../context/sameServer";
import { observeSituation } from "../context/situation";
import { surveyRows } from "../context/surveyRows";
import { markImported } from "../generations/markImported";
import { rejectClaim } from "../generations/rejectClaim";
import { findRollbackSource, type RollbackSource } from "../generations/rollbackSource";
import { execute } from "../recovery/execute";
import { refusalError } from "../recovery/refusals";

export interface Replacement {
    context: Context;
    /** The collection whose rows move. */
    deployed: CollectionState;
    target: Server;
    ref: CollectionRef;
    spec: Collection;
    marker: Omit<OwnershipMarker, "state">;
    report: Report;
    /** Told of each phase of a detached copy, where a worker switches. Default: nobody is. */
    entering?: Detached["entering"];
}

/** The collection that is active after a replacement. */
export interface Active {
    generation: string;
    ref: CollectionRef;
}

/** A replacement that may begin: what interrupted runs have left is put away, and the plan is that of this moment. */
export interface Prepared {
    replacement: Replacement;
    from: Server;
    source: ObservedCollection;
    migration: Omit<Migration, "report">;
    previous: RollbackSource["previous"];
}

/** Returns the active collection where an interrupted run, or a worker, has already put it in service. */
export async function prepareReplacement(asked: Replacement): Promise<Prepared | { outcome: Active }> {
    const { deployed: before, target: spec } = onSameServer(asked.context, asked.deployed.spec, asked.spec);
    const replacement = { ...asked, deployed: { ...asked.deployed, spec: before }, spec };
    const { context, deployed, target, report } = replacement;
    const from = await server(context, deployed.props);
    const { owner, name, generation } = deployed;
    const work = { ...from, context, owner, name, spec, report };

    // What interrupted runs have left comes first: it decides what the source is, and whether there is anything to do.
    const situation = await observeSituation(context.session, from.client, deployed);
    const located = locateRecorded(situation);
    requireThere(context, deployed, located);
    await execute(planUnfinished(situation, located), { ...work, spec: deployed.spec });
    const { outcome, restored } = await execute(planReplace(situation), {
        ...work,
        capabilities: target.capabilities,
    });
    if (outcome) return { outcome };
    const ref = restored ?? located!.ref;
    await rejectClaim(context, from, ref, name);
    const unmarked = await observe(from, ref);
    await markImported(from, deployed, unmarked);
    const source = unmarked.marker ? unmarked : await observe(from, ref);
    const rollbackSource = await findRollbackSource(context, from, source, spec);
    const { rollback: goesBack } = spec.migration;
    const behind = await execute(planRestored(situation, located!, goesBack), work);
    if (behind.outcome) return { outcome: behind.outcome };

    const begun = approvedOn(situation);
    const { planned, approved } = await plan(replacement, from, { source, begun }, rollbackSource);
    const { mapping, partitions, cutover } = planned;
    const takesName = cutover === "rename";
    if (takesName) await requireOwnName(target.client, replacement.ref, source);
    const migration = {
        source: { ...from, observed: source, generation },
        // A rollback restores a collection with settings of its own.
        target: { ...target, ref: replacement.ref, spec: goesBack === undefined ? planned.wanted : spec },
        mapping,
        partitions,
        takesName,
        marker: { ...replacement.marker, from: generation, state: "building" as const },
        holder: context.session.holder,
        approved,
    };
    // One that is missing, or half written, is not the one that a copy was made with: reported before copies are looked for.
    if (mapping.transform) await loadModule(mapping.transform.module);
    const { gate } = migration.target.spec.migration;
    if (gate) await checkProgramQueries(gate, gatedFields(migration.target.spec, mapping, source));
    return { replacement, from, source, migration, previous: rollbackSource.previous };
}

/** The plan of this moment. Errors: those of a plan that is blocked. */
async function plan(
    { context, deployed, target }: Replacement,
    from: Server,
    { source, begun }: { source: ObservedCollection; begun: BegunPlan | undefined },
    { target: wanted, previous, retained }: RollbackSource,
): Promise<{ planned: NonNullable<CollectionPlan["migration"]>; approved: BegunPlan | undefined }> {
    const survey = await surveyRows(from, source, deployed.spec, wanted);
    const { name } = deployed;
    const input = {
        deployed: deployed.spec,
        target: wanted,
        ...survey,
        previous,
        retained,
        capabilities: target.capabilities,
        unknowns: false,
        replace: true,
        undeclared: deployed.undeclared,
        destructive: context.policy().destructive,
        notShown: context.session.previews.notShown(deployed.generation),
    };
    const planned = planCollection(input);
    if (!planned.migration) throw planBlocked(name, planned.findings);
    // After an interrupted change in place the preview compares the program with what is on the server.
    const base = await planBase(from, deployed, source);
    const previewed = base.interrupted ? planCollection({ ...input, ...base }) : planned;
    const asPreviewed = { name, plan: previewed, begun };
    requireApproved(context, asPreviewed);
    return { planned: planned.migration, approved: begunPlan(context, asPreviewed) };
}

async function observe({ client }: Server, ref: CollectionRef): Promise<ObservedCollection> {
    const observed = await observeCollection(client, ref);
    if (!observed) throw refusalError({ reason: "gone", name: ref.name });
    return observed;
}
