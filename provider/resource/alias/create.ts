import { unknownValue } from "../../inputs/argumentScan";
import type { Alias } from "../../inputs/schema/alias";
import { resolveName } from "../../milvus/collection/aliases";
import { RunError } from "../../migration/errors";
import { type Context, server, type Server } from "../context/context";
import { requireDatabase } from "../context/declaredDatabase";
import type { Resource } from "../context/resourceState";
import { move } from "./move";
import { keyOf } from "./place";
import { point } from "./point";
import { requireAliases, requireCollection } from "./require";

/** Creates the alias. One that already points to the collection is accepted; one that points elsewhere needs `adopt`. */
export async function create(context: Context, resource: Resource<Alias>): Promise<void> {
    const { spec, props } = resource;
    await requireDatabase(context, props, `alias ${spec.name}`);
    const at = await server(context, props);
    await make(context, at, resource);
    context.session.aliasIsRight(keyOf(at, spec));
}

async function make(context: Context, at: Server, resource: Resource<Alias>): Promise<void> {
    const { spec: alias } = resource;
    requireAliases(at);
    await requireCollection(at, alias);
    const taken = await resolveName(at.client, { database: alias.database, name: alias.name });
    const conflict = nameTaken(taken, alias);
    if (conflict) throw conflict;
    if (taken.kind === "free") return point(context, at, alias, undefined);
    if (taken.kind === "alias" && taken.collection !== alias.collection)
        await move(context, at, resource, taken.collection);
}

/** Why the alias cannot have its name; undefined where it is free, is right already, or may be taken over. */
export function nameTaken(
    taken: Awaited<ReturnType<typeof resolveName>>,
    alias: Pick<Alias, "name" | "collection" | "adopt">,
): RunError | undefined {
    if (taken.kind === "free") return undefined;
    if (taken.kind === "collection")
        return new RunError(
            "MV311",
            `name: ${alias.name} is a collection, and a name is looked up as a collection first. Choose another name for the alias, or rename the collection`,
        );
    if (taken.collection === alias.collection || alias.adopt) return undefined;
    const to = alias.collection === unknownValue ? "" : ` and point it at ${alias.collection}`;
    return new RunError(
        "MV310",
        `name: the alias ${alias.name} already exists and points at ${taken.collection}. ` +
            `Set adopt: true to take it over${to}, or choose another name`,
    );
}
