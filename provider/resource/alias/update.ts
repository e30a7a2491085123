import type { Alias } from "../../inputs/schema/alias";
import { describeAlias } from "../../milvus/collection/aliases";
import { type Context, server } from "../context/context";
import type { Resource } from "../context/resourceState";
import { move } from "./move";
import { refOf } from "./place";
import { requireCollection } from "./require";

/** Moves the alias in one step; one that was dropped by hand is created again. */
export async function update(context: Context, resource: Resource<Alias>): Promise<void> {
    const { spec: alias, props } = resource;
    const at = await server(context, props);
    const current = await describeAlias(at.client, refOf(alias));
    if (current === alias.collection) return;
    await requireCollection(at, alias);
    await move(context, at, resource, current);
}
