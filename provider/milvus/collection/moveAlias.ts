import type { MilvusClient } from "../transport/client";
import { alterAlias, type AliasRef } from "./aliases";
import { awaitFollowing, targetOf } from "./following";

/**
 * Points an alias at another collection in one atomic step, and asks through it until the new target answers: a proxy can stay
 * on the former one for good, until the alias is altered again (issue 51313). Returns false if one still answers from the former
 * target at the end.
 */
export async function moveAlias(
    client: MilvusClient,
    ref: AliasRef,
    collection: string,
    followMs?: number,
): Promise<boolean> {
    const { database, alias } = ref;
    const move = () => alterAlias(client, ref, collection);
    await move();
    const target = await targetOf(client, { database, name: collection });
    return awaitFollowing(client, { database, name: alias }, target, { followMs, again: move });
}
