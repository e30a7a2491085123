import { createAlias, describeAlias, dropAlias, resolveName } from "../../milvus/collection/aliases";
import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, listCollections, renameCollection } from "../../milvus/collection/collections";
import { moveAlias } from "../../milvus/collection/moveAlias";
import { loadCollection, loadState } from "../../milvus/collection/loading";
import { flush } from "../../milvus/rows/rows";
import type { Load } from "../../inputs/schema/collection";
import { RunError } from "../errors";
import type { Report } from "../report";
import { copyGrants } from "./copyGrants";

export interface Rename {
    to: string;
    /** How the collection is loaded: milvus-lite releases a collection when it renames it. */
    load: Load | undefined;
}

/**
 * Gives the collection another name; its rows stay where they are. An alias of the new name that points at the collection
 * is dropped first, because a collection and an alias cannot share a name. Errors: `MV301`, `MV302` if the name is taken.
 */
export async function renameInPlace(
    client: MilvusClient,
    ref: CollectionRef,
    { to, load }: Rename,
    aliases: readonly string[],
    report: Report,
): Promise<void> {
    const renamed = { ...ref, name: to };
    if ((await listCollections(client, ref.database)).includes(ref.name)) {
        await takeName(client, ref, to);
        // Before 2.6.12 privileges belong to a name, not to the collection (milvus-io/milvus 48052).
        await copyGrants(client, ref, renamed, report);
        await flush(client, ref);
        await renameCollection(client, ref, to);
    }
    await loadRenamed(client, renamed, load);
    await followWithAliases(client, renamed, aliases);
}

/** Gives the collection its former name and aliases back, if the rename was carried out. */
export async function undoRename(
    client: MilvusClient,
    ref: CollectionRef,
    { to }: Rename,
    { aliases, load }: { aliases: readonly string[]; load: Load | undefined },
): Promise<void> {
    const names = await listCollections(client, ref.database);
    if (!names.includes(ref.name) && names.includes(to))
        await renameCollection(client, { ...ref, name: to }, ref.name);
    await loadRenamed(client, ref, load);
    await followWithAliases(client, ref, aliases);
}

async function takeName(client: MilvusClient, ref: CollectionRef, to: string): Promise<void> {
    const taken = await resolveName(client, { ...ref, name: to });
    if (taken.kind === "collection")
        throw new RunError(
            "MV301",
            `name: a collection ${to} already exists. Choose another name, or drop it first`,
        );
    if (taken.kind === "alias" && taken.collection !== ref.name)
        throw new RunError(
            "MV302",
            `name: ${to} is an alias of ${taken.collection}, and a collection and an alias cannot share a name. Choose another name, or drop the alias`,
        );
    if (taken.kind === "alias") await dropAlias(client, { database: ref.database, alias: to });
}

async function loadRenamed(client: MilvusClient, ref: CollectionRef, load: Load | undefined): Promise<void> {
    if (load && (await loadState(client, ref)) !== "loaded") await loadCollection(client, ref, load);
}

/** Aliases follow their collection on some servers; on others they still name the former one. */
async function followWithAliases(
    client: MilvusClient,
    ref: CollectionRef,
    aliases: readonly string[],
): Promise<void> {
    for (const alias of aliases.filter((one) => one !== ref.name)) {
        const at = { database: ref.database, alias };
        const target = await describeAlias(client, at);
        if (target === undefined) await createAlias(client, at, ref.name);
        else if (target !== ref.name) await moveAlias(client, at, ref.name);
    }
}
