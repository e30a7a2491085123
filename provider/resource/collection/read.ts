import { observeCollection } from "../../observe/collection";
import { diffCollection } from "../../plan/diff/diff";
import { planRefresh } from "../../plan/recovery/located";
import { locateRecorded } from "../../plan/recovery/situation";
import { progressPrinter } from "../../migration/progressPrinter";
import { configuredServer, requireThere } from "../context/configuredServer";
import { type Context, server } from "../context/context";
import type { Props } from "../session/props";
import { asDeployed } from "../context/drift";
import type { CollectionState } from "../context/resourceState";
import { observeSituation } from "../context/situation";
import { execute } from "../recovery/execute";
import { rejectClaim } from "./rejectClaim";

/** Arguments that somebody can change on the server behind the program's back. */
const watched = [
    "description",
    "fields",
    "enableDynamicField",
    "consistencyLevel",
    "properties",
    "partitions",
    "indexes",
    "load",
] as const;

/** The outputs as the server has them now; undefined where the generation is gone. */
export async function read(context: Context, state: CollectionState): Promise<Props | undefined> {
    const { owner, name, spec: declared, props } = state;
    const at = await server(context, props);
    const { client, capabilities } = at;
    const situation = await observeSituation(context.session, client, state);
    const work = { ...at, context, owner, name, spec: declared };
    requireThere(context, state, locateRecorded(situation));
    const { restored } = await execute(planRefresh(situation), {
        ...work,
        report: progressPrinter(name, context.print),
    });
    const ref = restored ?? locateRecorded(situation)?.ref;
    if (ref) await rejectClaim(context, at, ref, name);
    const observed = ref && (await observeCollection(client, ref));
    if (!observed) {
        // What is gone has no rows to carry over: the next `create` starts from nothing.
        context.session.pendingReplacements.cancel(owner);
        return undefined;
    }
    const deployed = asDeployed(declared, observed, capabilities);
    const drift = diffCollection(declared, deployed);
    const now = { ...props, __server: configuredServer(context, props) };
    if (drift.length === 0) return { ...now, collectionId: observed.collectionId ?? "" };
    const changed = watched.filter(
        (argument) => JSON.stringify(declared[argument]) !== JSON.stringify(deployed[argument]),
    );
    context.print(`${name}: changed outside of the program: ${changed.join(", ")}`);
    return {
        ...now,
        // Spelled out, for an index that nobody declared is implied by `load` alone.
        indexes: asArgument(deployed.indexes),
        ...Object.fromEntries(changed.map((argument) => [argument, asArgument(deployed[argument])])),
    };
}

/** A normalised value as a program would write it: without what is left at its default. */
function asArgument(value: unknown): unknown {
    // `load` in its argument form: false stands for a collection that is not loaded.
    if (value === undefined) return false;
    if (Array.isArray(value)) return value.map(asArgument);
    if (typeof value !== "object" || value === null) return value;
    const set = Object.entries(value).filter(
        ([, part]) => part !== undefined && part !== false && part !== "",
    );
    return Object.fromEntries(set);
}
