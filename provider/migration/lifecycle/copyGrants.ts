import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { grant, revoke } from "../../milvus/access/operateGrant";
import { unlessRefused } from "../../milvus/access/refused";
import { type Grant, grantsOn } from "../../milvus/access/roleGrants";
import type { Report } from "../report";

/**
 * Grants the roles' privileges on the old collection on the new one as well, before clients are switched, and returns
 * them. If the provider may not read or give privileges, a message asks to grant them by hand.
 */
export async function copyGrants(
    client: MilvusClient,
    old: CollectionRef,
    to: CollectionRef,
    report: Report,
): Promise<readonly Grant[]> {
    const grants = await unlessRefused(
        () => grantsOn(client, old),
        (message) => {
            report.say(
                `warning: the privileges of roles on ${old.name} cannot be read (${message}). Grant the same privileges on ${to.name} by hand [MV450]`,
            );
        },
    );
    const given = await give(client, to, grants ?? [], report);
    if (given.length > 0) report.say(`granted on ${to.name} as well: ${listed(given)}`);
    return grants ?? [];
}

/**
 * Completes the privileges on a name that was taken over by two renames. Since Milvus 2.6.12 they move with a rename
 * (issue 48052): the new collection brings those that were copied to it. Before, they belong to the name: it has them
 * still, and those on the copy's former name are left without a collection.
 */
export async function settleGrants(
    client: MilvusClient,
    ref: CollectionRef,
    shadow: CollectionRef,
    grants: readonly Grant[],
    report: Report,
): Promise<void> {
    if (grants.length === 0) return;
    const there = (await unlessRefused(() => grantsOn(client, ref))) ?? [];
    const missing = grants.filter((one) => !there.some((other) => isSame(one, other)));
    const given = await give(client, ref, missing, report);
    if (given.length > 0) report.say(`granted on ${ref.name} again: ${listed(given)}`);
    const left = (await unlessRefused(() => grantsOn(client, shadow))) ?? [];
    for (const one of left) await unlessRefused(() => revoke(client, shadow, one));
}

async function give(
    client: MilvusClient,
    to: CollectionRef,
    grants: readonly Grant[],
    report: Report,
): Promise<Grant[]> {
    const given: Grant[] = [];
    for (const one of grants) {
        const byHand = (message: string) => {
            report.say(
                `warning: ${one.privilege} cannot be granted to ${one.role} on ${to.name} (${message}). Grant it by hand [MV450]`,
            );
        };
        const isDone = await unlessRefused(async () => {
            await grant(client, to, one);
            return true;
        }, byHand);
        if (isDone) given.push(one);
    }
    return given;
}

const isSame = (a: Grant, b: Grant) =>
    a.role === b.role && a.privilege === b.privilege && a.object === b.object;

const listed = (grants: readonly Grant[]) =>
    grants.map(({ role, privilege }) => `${privilege} to ${role}`).join(", ");
