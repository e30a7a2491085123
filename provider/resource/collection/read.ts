import { observeCollection } from "../../observe/collection";
import { diffCollection } from "../../plan/diff/diff";
import { planRefresh } from "../../plan/recovery/located";
import { locateRecorded } from "../../plan/recovery/situation";
import { reportOf } from "../context/reportOf";
import { configuredServer, requireThere } from "../context/configuredServer";
import { type Context, server } from "../context/context";
import type { Props } from "../session/props";
import { compareCollection, comparisonText, recordedAs } from "../context/compare";
import { asObserved, interruptedUpdate } from "../context/interruptedUpdate";
import { type CollectionState, collectionState, undeclaredFields } from "../context/resourceState";
import { observeSituation } from "../context/situation";
import { switchedResource } from "../detached/successor";
import { execute } from "../recovery/execute";
import { rejectClaim } from "../generations/rejectClaim";

/** The outputs as the server has them now; undefined where the generation is gone. */
export async function read(context: Context, state: CollectionState): Promise<Props | undefined> {
    const { owner, name, spec: declared } = state;
    const at = await server(context, state.props);
    const { client, capabilities } = at;
    const situation = await observeSituation(context.session, client, state);
    const work = { ...at, context, owner, name, spec: declared };
    const switched = await switchedResource(at, state, situation);
    if (switched) {
        context.print(`${name}: a worker has switched to ${switched.id}`);
        return read(context, collectionState(switched.props));
    }
    requireThere(context, state, locateRecorded(situation));
    const { restored } = await execute(planRefresh(situation), {
        ...work,
        report: reportOf(context, name),
    });
    const ref = restored ?? locateRecorded(situation)?.ref;
    if (ref) await rejectClaim(context, at, ref, name);
    const observed = ref && (await observeCollection(client, ref));
    if (!observed) {
        // What is gone has no rows to carry over: the next `create` starts from nothing.
        context.session.pendingReplacements.cancel(owner);
        return undefined;
    }
    const interrupted = await interruptedUpdate(client, state, ref);
    const now = {
        ...state.props,
        __server: configuredServer(context, state.props),
        collectionId: observed.collectionId ?? "",
        // From now on the state is what is on the server.
        ...(interrupted && { __update: interrupted.id }),
        ...(interrupted && ref.name !== state.ref.name && { collectionName: ref.name, name: ref.name }),
    };
    if (interrupted) {
        const there = await asObserved(at, declared, observed, interrupted.touched);
        if (diffCollection(declared, there).length === 0) return now;
        const { changed, recorded } = recordedAs(declared, there);
        context.print(`${name}: changed outside of the program: ${changed.join(", ")}`);
        return { ...now, ...recorded };
    }
    const comparison = compareCollection(declared, observed, capabilities);
    if (comparison.differences.length === 0) return now;
    context.print(`${name}: changed outside of the program: ${comparison.changed.join(", ")}`);
    comparisonText(comparison).forEach((line) => context.print(`${name}: ${line}`));
    return { ...now, ...comparison.recorded, ...undeclaredFields(comparison, state.props) };
}
