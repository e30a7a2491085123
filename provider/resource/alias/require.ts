import type { Alias } from "../../inputs/schema/alias";
import { resolveName } from "../../milvus/collection/aliases";
import { isMilvusError } from "../../milvus/transport/errors";
import { loadState } from "../../milvus/collection/loading";
import { RunError } from "../../migration/errors";
import type { Server } from "../context/context";

export function requireAliases(at: Server): void {
    if (at.capabilities.aliases) return;
    throw new RunError(
        "MV314",
        `${at.client.target}: ${at.capabilities.server} has no aliases. Use the collection's own name, or a server that has them (Milvus 2.0, milvus-lite 3)`,
    );
}

export async function requireCollection(at: Server, { database, ...alias }: Alias): Promise<void> {
    const target = await resolveName(at.client, { database, name: alias.collection });
    if (target.kind === "alias")
        throw new RunError(
            "MV344",
            `collection: ${alias.collection} is itself an alias of ${target.collection}. Give the collection's own name`,
        );
    if (target.kind === "free")
        throw new RunError(
            "MV312",
            `collection: there is no collection ${alias.collection}. Create it first, or pass \`collectionName\` of a Collection; where that was dropped by hand, run \`pulumi refresh\``,
        );
}

/** An alias with readers is never moved to a collection that is not loaded: AlterAlias itself does not check that. */
export async function requireLoaded(at: Server, alias: Alias, current: string | undefined): Promise<void> {
    const { database } = alias;
    if (current === undefined) return;
    const serves = (await state(at, database, current)) === "loaded";
    if (serves && (await state(at, database, alias.collection)) !== "loaded")
        throw new RunError(
            "MV345",
            `collection: ${alias.collection} is not loaded, and readers of ${alias.name} would fail. Load it first (\`load: true\` on its Collection)`,
        );
}

/** What the alias points at may be gone: then it serves nobody. */
async function state({ client }: Server, database: string | undefined, name: string): Promise<string> {
    return loadState(client, { database, name }).catch((error: unknown) => {
        if (isMilvusError(error, "not-found")) return "missing";
        throw error;
    });
}
