import type { Alias } from "../../inputs/schema/alias";
import { createAlias, resolveName } from "../../milvus/collection/aliases";
import { moveAlias } from "../../milvus/collection/moveAlias";
import { isMilvusError } from "../../milvus/transport/errors";
import { staleAlias } from "../../migration/lifecycle/stale";
import type { Context, Server } from "../context/context";
import { refOf } from "./place";

/** Points the alias at its collection in one step; `current` is where it points now. */
export async function point(
    context: Context,
    at: Server,
    alias: Alias,
    current: string | undefined,
): Promise<void> {
    const { print } = context;
    const { client } = at;
    const ref = refOf(alias);
    const { collection } = alias;
    if (current !== undefined) return moveTo(context, at, alias);
    try {
        await createAlias(client, ref, collection);
    } catch (error) {
        // Milvus before 2.5.5 keeps the aliases of a dropped collection: nobody sees or uses one, and no new alias can have its
        // name, but AlterAlias moves it (milvus issue 36963; measured on 2.3.5).
        if (!isMilvusError(error, "exists")) throw error;
        const now = await resolveName(client, { database: alias.database, name: alias.name });
        if (now.kind === "alias" && now.collection === collection) return;
        if (now.kind !== "free") throw error;
        await moveTo(context, at, alias);
        print(`alias ${alias.name}: was left behind by a dropped collection; it points at ${collection} now`);
    }
}

async function moveTo({ print }: Context, { client }: Server, alias: Alias): Promise<void> {
    if (await moveAlias(client, refOf(alias), alias.collection)) return;
    print(staleAlias(alias.name, alias.collection));
}
