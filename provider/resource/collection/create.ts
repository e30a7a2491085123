import { observeGenerations } from "../../observe/generations";
import { planAbandonedCreates } from "../../plan/recovery/copies";
import { recordProtection } from "../../migration/properties/protection";
import { build } from "../../migration/lifecycle/build";
import { reportOf } from "../context/reportOf";
import { type Context, server } from "../context/context";
import { requireDatabase } from "../context/declaredDatabase";
import type { Props } from "../session/props";
import { autoName } from "../context/identity";
import { requireSupported } from "../context/planBlocked";
import { withCredentialsOf } from "../session/propsLedger";
import { type CollectionRequest, collectionState } from "../context/resourceState";
import { ownerRenameOf, renamedAndReplaced } from "../generations/ownerRename";
import { rejectBlindReplace } from "../recovery/blindReplace";
import { forgetWorkOrder } from "../detached/successor";
import { execute } from "../recovery/execute";
import type { Replacement } from "../replacement/prepare";
import { adopt } from "./adopt";
import { type Outputs, outputs } from "../context/outputs";
import { recordUnfinished } from "./recordUnfinished";
import { replace } from "./replace";

/** Creates a new collection, or, where one is replaced, the successor with the rows of the old. */
export async function create(
    context: Context,
    request: CollectionRequest,
    /** Where a worker switches: the state learns of the new collection later, by the work order on it. */
    worker?: Pick<Replacement, "entering">,
): Promise<Outputs> {
    const { owner, name, props, spec } = request;
    await requireDatabase(context, props, `collection ${name}`);
    const { pendingReplacements, activeGenerations } = context.session;
    const predecessor = pendingReplacements.of(owner);
    const outs = predecessor
        ? await createSuccessor(context, request, withCredentialsOf(predecessor, props), worker)
        : await createFirst(context, request);
    const ref = { database: spec.database, name: outs.collectionName };
    const at = await server(context, props);
    await recordProtection({ ...at, ref }, spec);
    if (predecessor && !worker) await forgetWorkOrder(at, ref);
    // What is deleted later in this run learns which one is active.
    activeGenerations.set(owner, { ...props, ...outs });
    return outs;
}

async function createFirst(context: Context, request: CollectionRequest): Promise<Outputs> {
    const { owner, name, generation, spec, props } = request;
    const target = await server(context, props);
    const { client, capabilities } = target;
    const report = reportOf(context, name, owner);
    const ref = refOfNew(request);
    const marker = { owner, generation, from: undefined };
    if (spec.adopt) {
        const { run, warned: told } = context.session;
        const live = { ...marker, state: "live" } as const;
        const adopted = await adopt(target, ref, spec, live, { report, run, told });
        if (adopted)
            return { ...(await outputs(client, ref, generation, adopted.isMarked)), ...adopted.recorded };
    }
    requireSupported(name, spec, capabilities);
    const prefix = autoName(name, "");
    const query = { database: spec.database, prefixes: [prefix] };
    const seen = await observeGenerations(client, query, context.session.holder);
    const work = { ...target, context, owner, name, spec, report };
    await rejectBlindReplace(seen, work);
    // A name of the program's own is the same in each run: what is left under it is removed with it.
    if (spec.name === undefined) await execute(planAbandonedCreates(seen, { owner, prefix }), work);
    await build({ ...target, ref, spec, marker, report }).catch((error: unknown) =>
        recordUnfinished(context, target, request, ref, error),
    );
    context.session.pendingReplacements.cancel(owner);
    return outputs(client, ref, generation);
}

async function createSuccessor(
    context: Context,
    request: CollectionRequest,
    predecessor: Props,
    worker: Pick<Replacement, "entering"> | undefined,
): Promise<Outputs> {
    const { owner, name, generation, spec, props } = request;
    const deployed = collectionState(predecessor);
    const ownerRename = ownerRenameOf(deployed, request);
    if (ownerRename) throw renamedAndReplaced(ownerRename);
    const target = await server(context, props);
    const successor = await replace({
        context,
        deployed,
        target,
        ref: refOfNew(request),
        spec,
        marker: { owner, generation, from: undefined },
        report: reportOf(context, name, owner),
        entering: worker?.entering,
    });
    context.session.pendingReplacements.cancel(owner);
    return outputs(target.client, successor.ref, successor.generation);
}

function refOfNew({ name, generation, spec }: CollectionRequest) {
    return { database: spec.database, name: spec.name ?? autoName(name, generation) };
}
