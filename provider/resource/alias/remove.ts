import type { Alias } from "../../inputs/schema/alias";
import { describeAlias, dropAlias } from "../../milvus/collection/aliases";
import { type Context, server } from "../context/context";
import type { Resource } from "../context/resourceState";
import { keyOf, refOf } from "./place";

/** Drops the alias, unless it was moved by hand: then it does not belong to the program any more. */
export async function remove(context: Context, { spec: alias, props }: Resource<Alias>): Promise<void> {
    const at = await server(context, props);
    if (context.session.isAliasRight(keyOf(at, alias))) return;
    const current = await describeAlias(at.client, refOf(alias));
    if (current === undefined) return;
    if (current === alias.collection) return dropAlias(at.client, refOf(alias));
    context.print(
        `alias ${alias.name}: points at ${current} and no longer at ${alias.collection}; it is not dropped`,
    );
}
