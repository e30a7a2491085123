import { observeCollection } from "../../observe/collection";
import { diffCollection } from "../../plan/diff/diff";
import { planRefresh } from "../../plan/recovery/located";
import { locateRecorded } from "../../plan/recovery/situation";
import { progressPrinter } from "../../migration/progressPrinter";
import { type Context, server } from "../context/context";
import type { Props } from "../session/props";
import { asDeployed } from "../context/drift";
import { asObserved, interruptedUpdate } from "../context/interruptedUpdate";
import type { CollectionState } from "../context/resourceState";
import { observeSituation } from "../context/situation";
import { execute } from "../recovery/execute";
import { asRecorded } from "./asRecorded";

/** The outputs as the server has them now; undefined where the generation is gone. */
export async function read(context: Context, state: CollectionState): Promise<Props | undefined> {
    const { owner, name, spec: declared } = state;
    const at = await server(context, state.props);
    const { client, capabilities } = at;
    const situation = await observeSituation(context.session, client, state);
    const work = { ...at, context, owner, name, spec: declared };
    const { restored } = await execute(planRefresh(situation), {
        ...work,
        report: progressPrinter(name, context.print),
    });
    const ref = restored ?? locateRecorded(situation)?.ref;
    const observed = ref && (await observeCollection(client, ref));
    if (!observed) {
        // What is gone has no rows to carry over: the next `create` starts from nothing.
        context.session.pendingReplacements.cancel(owner);
        return undefined;
    }
    const interrupted = await interruptedUpdate(client, state, ref);
    const deployed = interrupted
        ? await asObserved(at, declared, observed, interrupted.touched)
        : asDeployed(declared, observed, capabilities);
    // From now on the state is what is on the server.
    const isRenamed = interrupted !== undefined && ref.name !== state.ref.name;
    const props = {
        ...state.props,
        ...(interrupted && { __update: interrupted.id }),
        ...(isRenamed && { collectionName: ref.name, name: ref.name }),
    };
    const drift = diffCollection(declared, deployed);
    if (drift.length === 0) return { ...props, collectionId: observed.collectionId ?? "" };
    const { changed, props: recorded } = asRecorded(props, declared, deployed);
    context.print(`${name}: changed outside of the program: ${changed.join(", ")}`);
    return recorded;
}
