import type { Alias } from "../../inputs/schema/alias";
import { describeAlias } from "../../milvus/collection/aliases";
import { isConnectionTrouble } from "../../milvus/transport/errors";
import { type AliasPlan, planAlias } from "../../plan/aliasPlan";
import { type Context, server } from "../context/context";
import type { Resource } from "../context/resourceState";
import { onSameServer } from "../context/sameServer";
import { isSameStack } from "../session/owner";
import { refOf } from "./place";
import { leftBehind, requireDroppable, requireUnprotected } from "./protection";

/**
 * Compares what was deployed with what is declared. Where the alias would be dropped or moved, it looks for rows that clients
 * would lose, so that a preview tells. Errors: `MV305`, `MV350`.
 */
export async function diff(
    context: Context,
    deployed: Resource<Alias>,
    target: Alias,
    /** Whether the collection is still to be created. */
    isOpen: boolean,
): Promise<AliasPlan> {
    const compared = onSameServer(context, deployed.spec, target);
    const plan = planAlias(compared.deployed, compared.target);
    if (plan.verdict !== "replace" && plan.verdict !== "update" && !isOpen) return plan;
    try {
        await look(context, deployed, plan, isOpen ? undefined : target.collection);
    } catch (error) {
        if (!isConnectionTrouble(error)) throw error;
    }
    return plan;
}

async function look(
    context: Context,
    { owner, spec: alias, props }: Resource<Alias>,
    { verdict }: AliasPlan,
    collection: string | undefined,
): Promise<void> {
    const { session, print } = context;
    const { name, database } = alias;
    const at = await server(context, props);
    const current = await describeAlias(at.client, refOf(alias));
    // One that somebody has pointed elsewhere is not dropped.
    if (current === undefined || current !== alias.collection) return;
    if (verdict === "replace") {
        // Where the collection changes its place as well, its rows do, too.
        if (collection === current) await requireDroppable(session, at, alias, current);
        return;
    }
    const to = collection === undefined ? undefined : { database, name: collection };
    const left = await leftBehind(session, at, { database, name: current }, to);
    if (!left) return;
    // A collection that is created yet takes over the rows of the one that the program still has, and of no other.
    if (to === undefined && (left.isDeclared || left.owner === undefined || !isSameStack(left.owner, owner)))
        return;
    requireUnprotected(name, current, left, print);
}
