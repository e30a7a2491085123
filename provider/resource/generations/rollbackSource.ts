import { observeCollection } from "../../observe/collection";
import type { Capabilities, ObservedCollection } from "../../observe/state";
import type { ChangeKind } from "../../plan/diff/change";
import { changeText } from "../../plan/render/changeText";
import { placeOf } from "../../plan/diff/place";
import { planCollection } from "../../plan/plan";
import { type Previous, renamedBack } from "../../plan/rollback";
import type { Update } from "../../plan/strategy/update";
import type { Collection } from "../../inputs/schema/collection";
import type { RetainedSeen } from "../../plan/retained";
import { type Retained, rollbackTarget } from "../../plan/recovery/previous";
import type { Context, Server } from "../context/context";
import { asDeployed } from "../context/drift";
import { refOf } from "../context/identity";
import { findRetained, lineageOfRetained } from "./retained";
import { surveyRetained } from "./surveyRetained";

/** What stands behind the collection that a program goes back from. */
export interface RollbackSource {
    /** The target, with the renames that the rollback implies. */
    target: Collection;
    previous: (Previous & { updates: readonly Update[]; found: Retained }) | undefined;
    /** All that is retained behind it. */
    retained: RetainedSeen | undefined;
}

/** Looks behind the collection in service: what is retained, and what the program goes back to. */
export async function findRollbackSource(
    { session }: Pick<Context, "session">,
    { client, capabilities }: Server,
    source: ObservedCollection,
    target: Collection,
): Promise<RollbackSource> {
    const ref = refOf(source);
    const chain = await findRetained(session, client, ref);
    const retained = await surveyRetained(client, chain);
    const found = rollbackTarget(chain, target.migration.rollback);
    const observed = found && (await observeCollection(client, found.at.ref));
    if (!found || !observed) return { target, previous: undefined, retained };
    const lineage = await lineageOfRetained(session, client, ref, chain, found);
    const { differs, updates } = differences(observed, target, capabilities);
    // A connection of the program's own stands for itself alone.
    const database = placeOf(target).database ?? (target.connection?.address ? "default" : client.database);
    if (observed.database !== database) differs.unshift(`~ database: ${observed.database} -> ${database}`);
    const previous = { observed, lineage, found, differs, updates };
    return { target: renamedBack(target, source, previous), previous, retained };
}

/** Changes that a kept collection takes before it serves: its rows stay as they are. */
const harmless: ReadonlySet<ChangeKind> = new Set([
    "state-only",
    "alter-load",
    "add-index",
    "drop-index",
    "alter-index",
    "set-property",
    "delete-property",
    "add-partition",
    "alter-description",
    "alter-consistency",
    "describe-part",
]);

/** What the program declares otherwise than the server tells, and the steps in place where that is all. */
function differences(
    observed: ObservedCollection,
    target: Collection,
    capabilities: Capabilities,
): { differs: string[]; updates: readonly Update[] } {
    const plan = planCollection({
        deployed: asRetained(target, observed, capabilities),
        target,
        source: observed,
        capabilities,
        unknowns: false,
    });
    const others = plan.changes
        .filter(({ kind }) => !harmless.has(kind))
        .map((change) => changeText(change, plan));
    return { differs: others.length > 0 ? others : plan.reasons, updates: plan.updates };
}

/** The declaration as the kept collection has it; of its functions and types more than a refresh looks at. */
function asRetained(
    declared: Collection,
    observed: ObservedCollection,
    capabilities: Capabilities,
): Collection {
    const deployed = asDeployed(declared, observed, capabilities);
    const there = new Map(observed.fields.map((field) => [field.name, field]));
    const made = new Set(observed.functions.map(({ name }) => name));
    return {
        ...deployed,
        fields: deployed.fields.map((field) => {
            const now = there.get(field.name);
            return now
                ? { ...field, elementType: now.elementType, isPartitionKey: now.isPartitionKey }
                : field;
        }),
        functions: declared.functions.filter(({ name }) => made.has(name)),
    };
}
