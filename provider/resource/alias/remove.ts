import { dropAlias } from "../../milvus/access/drop";
import type { Alias } from "../../inputs/schema/alias";
import { describeAlias } from "../../milvus/collection/aliases";
import { requireThere } from "../context/configuredServer";
import { type Context, server, type Server } from "../context/context";
import type { Resource } from "../context/resourceState";
import { isSameStack } from "../session/owner";
import { observeGeneration } from "../../observe/generations";
import { keyOf, refOf } from "./place";
import { requireDroppable } from "./protection";

/** Drops the alias, unless it was moved by hand: then it does not belong to the program any more. */
export async function remove(context: Context, resource: Resource<Alias>): Promise<void> {
    const { spec: alias, props } = resource;
    const at = await server(context, props);
    if (context.session.isAliasRight(keyOf(at, alias))) return;
    const current = await describeAlias(at.client, refOf(alias));
    requireThere(context, resource, current);
    if (current === undefined) return;
    const isOwn = current === alias.collection || (await hasWorkerMoved(context, at, resource, current));
    if (isOwn) {
        await requireDroppable(context.session, at, alias, current);
        return dropAlias(at.client, refOf(alias), context.print);
    }
    context.print(
        `alias ${alias.name}: points at ${current} and no longer at ${alias.collection}; it is not dropped`,
    );
}

/** A worker has moved the alias, and the state does not know it yet. */
async function hasWorkerMoved(
    { session }: Context,
    { client }: Server,
    { owner, spec: { database } }: Resource<Alias>,
    current: string,
): Promise<boolean> {
    const seen = await observeGeneration(client, { database, name: current }, session.holder);
    if (seen?.detached !== "worker" || seen.marker?.state !== "live") return false;
    return isSameStack(owner, seen.marker.owner);
}
