import type { CollectionRef } from "../milvus/collections";
import { observeCollection, observeStamp } from "../observe/collection";
import type { ObservedCollection, Stamp } from "../observe/state";
import { planCollection } from "../plan/plan";
import { requireFree } from "../run/build";
import { migrate } from "../run/migrate";
import type { Collection } from "../spec/collection";
import { discardLeftovers, restoreName } from "../step/discard";
import { RunError } from "../step/error";
import type { Report } from "../step/report";
import { moveAliases } from "../step/swap";
import { load } from "../step/serve";
import { type Context, server, type Server } from "./context";
import type { Predecessor } from "./handoff";
import { hidden, locate, recordedRef } from "./identity";
import { refused } from "./refused";
import { survey } from "./survey";

export interface Replacement {
    context: Context;
    predecessor: Predecessor;
    target: Server;
    ref: CollectionRef;
    spec: Collection;
    stamp: Omit<Stamp, "state">;
    report: Report;
}

/** Puts a new collection in the place of the old one, its rows carried over. Returns the generation in charge. */
export async function replace(replacement: Replacement): Promise<string> {
    const { context, predecessor, target, ref, spec, report } = replacement;
    const { props, deployed } = predecessor;
    const { owner, name } = hidden(props);
    const generation = props.generation as string;
    const recorded = recordedRef(props);
    const from = await server(context, props);

    const found = await locate(from.client, props);
    if (!found)
        throw new RunError(
            "MV307",
            `${recorded.name}: the collection whose rows should move is gone. Run \`pulumi refresh\`, then \`pulumi up\``,
        );
    if (found.name !== recorded.name) {
        const successor = await finishSwap(replacement, from, found, recorded);
        if (successor !== undefined) return successor;
    }
    await discardLeftovers(
        from.client,
        { owner, generation, database: recorded.database, prefix: prefixOf(name, recorded) },
        report,
    );
    // A copy for another database or cluster was begun there.
    if (ref.database !== recorded.database || target.client !== from.client)
        await discardLeftovers(
            target.client,
            { owner, generation, database: ref.database, prefix: prefixOf(name, ref) },
            report,
        );
    const old = await restoreName(from.client, found, recorded.name, report);

    const source = await observe(from, old);
    const seen = await survey(from.client, source, deployed, spec);
    const plan = planCollection({
        deployed,
        target: spec,
        ...seen,
        capabilities: target.capabilities,
        unknowns: false,
        replace: true,
        destructive: context.policy().destructive,
    });
    if (!plan.migration) throw refused(name, plan.findings);
    const takesName = plan.migration.handover === "rename";
    if (!takesName) await requireFree(target.client, ref, owner);
    await migrate({
        source: { client: from.client, observed: source, generation },
        target: { ...target, ref, spec },
        mapping: plan.migration.mapping,
        partitions: plan.migration.partitions,
        takesName,
        stamp: { ...replacement.stamp, from: generation, state: "building" },
        report,
    });
    return replacement.stamp.generation;
}

/** Copies of a generation are named after the resource or after the collection itself. */
function prefixOf(name: string, recorded: CollectionRef): string {
    const logical = name.replace(/[^A-Za-z0-9_]/g, "_");
    return recorded.name.startsWith(logical) ? logical : recorded.name;
}

/**
 * A former run was cut after its swap, before Pulumi wrote it down: the old collection goes by its retired name, and the
 * verified copy serves under the recorded one and may hold newer writes. It is taken as the outcome.
 */
async function finishSwap(
    { predecessor, target, spec, report }: Replacement,
    from: Server,
    retired: CollectionRef,
    recorded: CollectionRef,
): Promise<string | undefined> {
    const { stamp } = await observeStamp(from.client, recorded);
    const { owner } = hidden(predecessor.props);
    if (stamp?.owner !== owner || stamp.from !== predecessor.props.generation) return undefined;
    const serving = await observe(from, recorded);
    const plan = planCollection({
        deployed: spec,
        target: spec,
        source: serving,
        capabilities: target.capabilities,
        unknowns: false,
    });
    if (plan.replaces.length > 0)
        throw new RunError(
            "MV315",
            `${recorded.name}: a former run put a new collection in its place and was cut before Pulumi noted it. ` +
                "Put the program back to that run's schema and run `pulumi up`; then change it again",
        );
    report.say(`${recorded.name} was swapped by a former run already; finishing it`);
    await moveAliases(from.client, retired, recorded.name);
    await load(from.client, recorded, spec, report);
    return stamp.generation;
}

async function observe({ client }: Server, ref: CollectionRef): Promise<ObservedCollection> {
    const observed = await observeCollection(client, ref);
    if (!observed)
        throw new RunError(
            "MV307",
            `${ref.name}: the collection is gone. Run \`pulumi refresh\`, then \`pulumi up\``,
        );
    return observed;
}
