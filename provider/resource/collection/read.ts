import { observeCollection } from "../../observe/collection";
import { planRefresh } from "../../plan/recovery/located";
import { locateRecorded } from "../../plan/recovery/situation";
import { progressPrinter } from "../../migration/progressPrinter";
import { type Context, server } from "../context/context";
import type { Props } from "../session/props";
import { compareCollection, comparisonText } from "../context/compare";
import { type CollectionState, undeclaredFields } from "../context/resourceState";
import { observeSituation } from "../context/situation";
import { execute } from "../recovery/execute";

/** The outputs as the server has them now; undefined where the generation is gone. */
export async function read(context: Context, state: CollectionState): Promise<Props | undefined> {
    const { owner, name, spec: declared, props } = state;
    const at = await server(context, props);
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
    const comparison = compareCollection(declared, observed, capabilities);
    if (comparison.differences.length === 0) return { ...props, collectionId: observed.collectionId ?? "" };
    context.print(`${name}: changed outside of the program: ${comparison.changed.join(", ")}`);
    comparisonText(comparison).forEach((line) => context.print(`${name}: ${line}`));
    return { ...props, ...comparison.recorded, ...undeclaredFields(comparison, props) };
}
