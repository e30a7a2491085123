import type { Alias } from "../../inputs/schema/alias";
import { describeAlias, dropAlias } from "../../milvus/collection/aliases";
import { requireThere } from "../context/configuredServer";
import { type Context, server } from "../context/context";
import type { Resource } from "../context/resourceState";
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
    if (current === alias.collection) {
        await requireDroppable(context.session, at, alias, current);
        return dropAlias(at.client, refOf(alias));
    }
    context.print(
        `alias ${alias.name}: points at ${current} and no longer at ${alias.collection}; it is not dropped`,
    );
}
