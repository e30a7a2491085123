import type { Alias } from "../../inputs/schema/alias";
import { observeGeneration } from "../../observe/generations";
import { planAliasMove } from "../../plan/recovery/alias";
import type { Cutover } from "../../migration/cutover/cutover";
import { reportOf } from "../context/reportOf";
import type { Context, Server } from "../context/context";
import { isSameStack } from "../session/owner";
import { collectionState, type Resource } from "../context/resourceState";
import { execute } from "../recovery/execute";
import { refusalError } from "../recovery/refusals";
import { point } from "./point";
import { leftBehind, requireUnprotected } from "./protection";
import { requireLoaded } from "./require";

/** Moves an alias, whoever created it: clients may use it at this moment. */
export async function move(
    context: Context,
    at: Server,
    resource: Resource<Alias>,
    current: string | undefined,
): Promise<void> {
    const { spec: alias } = resource;
    const { name, database, collection } = alias;
    const left =
        current === undefined
            ? undefined
            : await leftBehind(
                  context.session,
                  at,
                  { database, name: current },
                  { database, name: collection },
              );
    if (left) requireUnprotected(name, current!, left, context.print);
    // Writes to the old collection are carried over until the alias moves, and during the grace after it.
    const cutover = await cutoverTo(context, at, resource, current);
    await requireLoaded(at, alias, current);
    try {
        await cutover?.prepareSwitch();
        await point(context, at, alias, current);
    } catch (error) {
        await cutover?.undoSwitch().catch(() => {
            context.print(
                `warning: alias ${alias.name}: ${current ?? "the old collection"} may still refuse writes; the next \`pulumi up\` accepts them again`,
            );
        });
        throw error;
    }
    context.print(
        `alias ${alias.name}: points at ${alias.collection} now${current === undefined ? "" : `, and no longer at ${current}`}`,
    );
    await cutover?.completeSwitch();
}

/**
 * The cutover of the alias' new target: of this run, or of one that was interrupted before its alias moved. Undefined where
 * the target did not take over the rows of the collection that the alias points at, or clients already use it.
 */
function cutoverTo(
    context: Context,
    at: Server,
    { owner, spec: alias }: Resource<Alias>,
    current: string | undefined,
): Promise<Cutover | undefined> {
    const { client, capabilities } = at;
    const { activeCutovers, activeGenerations, holder } = context.session;
    const target = { client, capabilities, ref: { database: alias.database, name: alias.collection } };
    const known = activeCutovers.byTarget(target);
    if (known !== undefined || current === undefined) return Promise.resolve(known);
    return activeCutovers.resume(target, async () => {
        const [old, copy] = [
            await observeGeneration(client, { database: alias.database, name: current }, holder),
            await observeGeneration(client, target.ref, holder),
        ];
        const copyOwner = copy?.marker?.owner ?? "";
        const active = activeGenerations.of(copyOwner);
        const actions = planAliasMove({
            alias: alias.name,
            old,
            target: copy,
            active: active?.generation as string | undefined,
            isSameStack: isSameStack(owner, copyOwner),
        });
        for (const action of actions) if (action.kind === "refuse") throw refusalError(action);
        if (actions.length === 0 || !active) return undefined;
        const { name, spec } = collectionState(active);
        const report = reportOf(context, name, copyOwner);
        return (await execute(actions, { ...at, context, owner: copyOwner, name, spec, report })).cutover;
    });
}
