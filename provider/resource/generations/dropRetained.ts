import { rowsText } from "../../inputs/report/figures";
import { dropCollection } from "../../milvus/access/drop";
import type { CollectionRef } from "../../milvus/collection/collections";
import { serverTime } from "../../milvus/rows/readPoint";
import type { MilvusClient } from "../../milvus/transport/client";
import { observeCollection } from "../../observe/collection";
import type { Generation, RetainedRef, Retention } from "../../observe/generation";
import { observeGeneration } from "../../observe/generations";
import { rowsAtStake } from "../../observe/rows";
import type { ObservedCollection } from "../../observe/state";
import type { Collection } from "../../inputs/schema/collection";
import { composed } from "../../plan/mapping/lineage";
import { type Retained, retainedBehind } from "../../plan/recovery/previous";
import { isNamedBy } from "../../plan/retained";
import { leaving, type Leaving, mayExpire } from "../../plan/retention";
import { readOnward, setOnward } from "../../migration/properties/onward";
import { listRetained } from "../../migration/properties/previous";
import type { Context, Server } from "../context/context";
import { refOf } from "../context/identity";
import { findRetained, listedBy, originOf } from "./retained";

/** Where the collections of one resource are, and what its program says of dropping them. */
export interface RetentionContext extends Server {
    context: Context;
    owner: string;
    /** The logical name, for people. */
    name: string;
    spec: Pick<Collection, "deletionProtection" | "migration">;
}

/**
 * Drops the retained collections whose time is over. After a migration, which says how it retains its old collection, also
 * those that it no longer retains. One that somebody else uses, or that is protected, stays.
 */
export async function dropLeaving(
    retention: RetentionContext,
    active: CollectionRef,
    how?: Retention,
): Promise<void> {
    const { client, context, spec } = retention;
    const live = await observeGeneration(client, active, context.session.holder);
    if (!live || live.retained.length === 0) return;
    const found = await listedBy(context.session, client, live);
    const chain = retainedBehind({ found }, live);
    const reasons = leaving(
        chain.map(({ at }) => at),
        await serverTime(client),
        how,
    );
    const dropped = new Set<Retained>();
    for (const [place, retained] of chain.entries()) {
        const reason = reasons[place];
        // A plan has said why one that is used, protected or named stays after its time.
        const isSaid = !how && (!mayExpire(retained.at, spec) || isNamed(retained, spec));
        if (!reason || retained.isRestored || isSaid) continue;
        const others = chain.filter((one) => one !== retained && !dropped.has(one));
        if (await dropOne(retention, retained, others, reason)) dropped.add(retained);
    }
    const isLeft = ({ name }: RetainedRef) =>
        found.some(({ ref }) => ref.name === name) && ![...dropped].some(({ at }) => at.ref.name === name);
    // One that is listed may be about to be retained; one that is gone was dropped by a run that was interrupted.
    const left = live.retained.filter(isLeft);
    if (left.length < live.retained.length) await listRetained(client, active, left);
}

const isNamed = ({ at, generation }: Retained, { migration }: RetentionContext["spec"]): boolean =>
    isNamedBy(migration.rollback, { name: at.ref.name, generation });

/** Drops what is retained behind a collection that goes, too. */
export async function dropRetained(retention: RetentionContext, behind: ObservedCollection): Promise<void> {
    const chain = await findRetained(retention.context.session, retention.client, refOf(behind));
    for (const retained of chain.filter(({ isRestored }) => !isRestored))
        await dropOne(retention, retained, [], "abandoned");
}

/** Drops one, unless somebody else uses it by an alias, or it is protected. Returns whether it is dropped. */
async function dropOne(
    { client, name, context, spec }: RetentionContext,
    { at }: Retained,
    others: readonly Retained[],
    why: Leaving | "abandoned",
): Promise<boolean> {
    const retained = await observeCollection(client, at.ref);
    if (!retained) return true;
    const { ref } = at;
    const { aliases } = retained;
    // Nothing will look for it again where its active collection goes.
    const left = why === "abandoned" ? " It is no longer part of this stack:" : " To drop it:";
    if (aliases.length > 0) {
        context.print(
            `warning: ${name}: ${ref.name} was retained and is kept: the alias ${aliases.join(", ")} points at it.` +
                `${left} drop the alias and then the collection once nobody needs them`,
        );
        return false;
    }
    const rows = await rowsAtStake(client, retained);
    // Not refused: the rows of what is dropped with it are safe, and a deletion follows the program before.
    if (spec.deletionProtection && rows > 0) {
        context.print(
            `warning: ${name}: ${ref.name} was retained and is kept with its ${rowsText(rows)}, because deletionProtection is set.` +
                `${left} drop it with a Milvus client once nobody needs it`,
        );
        return false;
    }
    await passOnLineage(client, at, others);
    const reason = why === "expired" ? ", and whose time is over" : "";
    context.print(`${name}: dropping ${ref.name}, which was retained${reason}, and its ${rowsText(rows)}`);
    await dropCollection(client, ref, context.print);
    return true;
}

/** What the others know of their fields by the one that goes, they know by themselves from now on. */
export async function passOnLineage(
    client: MilvusClient,
    leaves: Generation,
    others: readonly Retained[],
): Promise<void> {
    const origin = originOf(leaves);
    const last = await readOnward(client, leaves.ref);
    for (const { at } of others) {
        const onward = await readOnward(client, at.ref);
        if (onward === undefined || onward.to !== origin) continue;
        const whole = last && { to: last.to, lineage: composed(onward.lineage, last.lineage) };
        await setOnward(client, at.ref, whole);
    }
}
