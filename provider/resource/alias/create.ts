import type { Alias } from "../../inputs/schema/alias";
import { createAlias, resolveName } from "../../milvus/collection/aliases";
import { RunError } from "../../migration/errors";
import { type Context, server, type Server } from "../context/context";
import type { Resource } from "../context/resourceState";
import { move } from "./move";
import { keyOf, refOf } from "./place";
import { requireAliases, requireCollection } from "./require";

/** Creates the alias. One that already points to the collection is accepted; one that points elsewhere needs `adopt`. */
export async function create(context: Context, resource: Resource<Alias>): Promise<void> {
    const at = await server(context, resource.props);
    await make(context, at, resource);
    context.session.aliasIsRight(keyOf(at, resource.spec));
}

async function make(context: Context, at: Server, resource: Resource<Alias>): Promise<void> {
    const { spec: alias } = resource;
    requireAliases(at);
    await requireCollection(at, alias);
    const taken = await resolveName(at.client, { database: alias.database, name: alias.name });
    if (taken.kind === "free") return createAlias(at.client, refOf(alias), alias.collection);
    if (taken.kind === "collection")
        throw new RunError(
            "MV311",
            `name: ${alias.name} is a collection, and a name is looked up as a collection first. Choose another name for the alias, or rename the collection`,
        );
    if (taken.collection === alias.collection) return;
    if (!alias.adopt)
        throw new RunError(
            "MV310",
            `name: the alias ${alias.name} already exists and points at ${taken.collection}. ` +
                `Set adopt: true to take it over and point it at ${alias.collection}, or choose another name`,
        );
    await move(context, at, resource, taken.collection);
}
