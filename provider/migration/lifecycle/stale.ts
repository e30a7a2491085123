import type { MilvusClient } from "../../milvus/transport/client";
import { moveAlias } from "../../milvus/collection/moveAlias";
import type { CollectionRef } from "../../milvus/collection/collections";
import { awaitFollowing, type Target } from "../../milvus/collection/following";
import type { Report } from "../report";

/** Clients of a proxy that did not follow still use the former collection: nothing but a notice can be done about it here. */
export const staleAlias = (alias: string, collection: string): string =>
    `warning: alias ${alias}: points at ${collection} now, but a proxy of the server still answers for its former target (milvus-io/milvus#51313). Restart the proxies, or run \`pulumi up\` again with another target and back [MV368]`;

/** Points the aliases at the collection, and says where a proxy does not follow. */
export async function moveAliasesTo(
    client: MilvusClient,
    ref: CollectionRef,
    aliases: readonly string[],
    report: Report,
    followMs?: number,
): Promise<void> {
    for (const alias of aliases)
        if (!(await moveAlias(client, { database: ref.database, alias }, ref.name, followMs)))
            report.say(staleAlias(alias, ref.name));
}

/** Says where a proxy still answers for the collection that had the name before a rename: `MV370`. */
export async function reportStaleName(
    client: MilvusClient,
    ref: CollectionRef,
    renamed: Target | undefined,
    report: Report,
    followMs?: number,
): Promise<void> {
    if (await awaitFollowing(client, ref, renamed, { followMs })) return;
    report.say(
        `warning: ${ref.name} was renamed, but a proxy of the server still answers for the collection that had the name before. Restart the proxies before clients write to ${ref.name} [MV370]`,
    );
}
