import type { Alias } from "../../inputs/schema/alias";
import { describeAlias } from "../../milvus/collection/aliases";
import { requireThere } from "../context/configuredServer";
import { type Context, server } from "../context/context";
import type { Resource } from "../context/resourceState";
import { refOf } from "./place";

/** The collection that the alias points at now; undefined where it is gone. */
export async function read(context: Context, resource: Resource<Alias>): Promise<string | undefined> {
    const { client } = await server(context, resource.props);
    const current = await describeAlias(client, refOf(resource.spec));
    requireThere(context, resource, current);
    return current;
}
