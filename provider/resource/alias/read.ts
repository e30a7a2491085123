import type { Alias } from "../../inputs/schema/alias";
import { describeAlias } from "../../milvus/collection/aliases";
import { type Context, server } from "../context/context";
import type { Resource } from "../context/resourceState";
import { refOf } from "./place";

/** The collection that the alias points at now; undefined where it is gone. */
export async function read(context: Context, { spec, props }: Resource<Alias>): Promise<string | undefined> {
    const { client } = await server(context, props);
    return describeAlias(client, refOf(spec));
}
