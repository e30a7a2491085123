import { createAlias, describeAlias, dropAlias, resolveName } from "../../milvus/collection/aliases";
import type { MilvusClient } from "../../milvus/transport/client";
import { type CollectionRef, renameCollection } from "../../milvus/collection/collections";
import { targetOf } from "../../milvus/collection/following";
import { flush } from "../../milvus/rows/rows";
import type { Load } from "../../inputs/schema/collection";
import { RunError } from "../errors";
import type { Report } from "../report";
import { copyGrants } from "./copyGrants";
import { loadRenamed } from "./indexAndLoad";
import { moveAliasesTo, reportStaleName } from "./stale";
import { rejectStrayDatabase } from "./strayDatabase";

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
    const own = await targetOf(client, ref);
    if (await isCollection(client, ref)) {
        await rejectStrayDatabase(client, ref);
        await takeName(client, ref, to);
        // Before 2.6.12 privileges belong to a name, not to the collection (milvus-io/milvus 48052).
        await copyGrants(client, ref, renamed, report);
        await flush(client, ref);
        await renameCollection(client, ref, to);
    }
    if (load) await loadRenamed(client, renamed, load, report);
    await reportStaleName(client, renamed, own, report);
    await followWithAliases(client, renamed, aliases, report);
}

/** Gives the collection its former name and aliases back, if the rename was carried out. */
export async function undoRename(
    client: MilvusClient,
    ref: CollectionRef,
    { to }: Rename,
    { aliases, load }: { aliases: readonly string[]; load: Load | undefined },
    report: Report,
): Promise<void> {
    const renamed = { ...ref, name: to };
    if (!(await isCollection(client, ref)) && (await isCollection(client, renamed)))
        await renameCollection(client, renamed, ref.name);
    if (load) await loadRenamed(client, ref, load, report);
    await followWithAliases(client, ref, aliases, report);
}

/** By its name alone: the list may lack it. */
async function isCollection(client: MilvusClient, ref: CollectionRef): Promise<boolean> {
    return (await resolveName(client, ref)).kind === "collection";
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
    // What is granted on its name stays: the collection takes the name.
    if (taken.kind === "alias") await dropAlias(client, { database: ref.database, alias: to });
}

/** Aliases follow their collection on some servers; on others they still name the former one. */
async function followWithAliases(
    client: MilvusClient,
    ref: CollectionRef,
    aliases: readonly string[],
    report: Report,
): Promise<void> {
    for (const alias of aliases.filter((one) => one !== ref.name)) {
        const at = { database: ref.database, alias };
        const target = await describeAlias(client, at);
        if (target === undefined) await createAlias(client, at, ref.name);
        else if (target !== ref.name) await moveAliasesTo(client, ref, [alias], report);
    }
}
