import type { Migration } from "../inputs/schema/migration";
import { secondsOf } from "../inputs/values/duration";
import type { Generation, Retention } from "../observe/generation";
import type { Collection } from "../inputs/schema/collection";

/** How the program retains old collections; undefined where it drops them. */
export function retentionOf({ keepPrevious }: Pick<Migration, "keepPrevious">): Retention | undefined {
    if (typeof keepPrevious === "boolean") return keepPrevious ? {} : undefined;
    const { for: text, most } = keepPrevious;
    return { seconds: secondsOf(text), most };
}

/**
 * Why a retained collection goes. `expired`: its time is over. `replaced`: the program retains one at a time, or it was
 * retained without a time. `most`: there are more than the program allows.
 */
export type Leaving = "expired" | "replaced" | "most";

/** Of the collections behind an active one, in their order: which go now, and why. */
export function leaving(
    chain: readonly { keptUntil?: number | undefined }[],
    now: number,
    /** After a migration: how its old collection, the first of them, is retained. */
    retention?: Retention,
): (Leaving | undefined)[] {
    let kept = 0;
    return chain.map(({ keptUntil }, place) => {
        const isNew = retention !== undefined && place === 0;
        const why = isNew ? undefined : leavingOne(keptUntil, now, retention);
        if (why) return why;
        if (retention?.most !== undefined && kept >= retention.most) return "most";
        kept += 1;
        return undefined;
    });
}

function leavingOne(keptUntil: number | undefined, now: number, retention?: Retention): Leaving | undefined {
    if (keptUntil !== undefined && keptUntil <= now) return "expired";
    if (!retention) return undefined;
    return retention.seconds === undefined || keptUntil === undefined ? "replaced" : undefined;
}

/** Whether a retained collection goes once its time is over: not while it is protected, or used by an alias or a run. */
export function mayExpire(
    { aliases, lease }: Pick<Generation, "aliases" | "lease">,
    { deletionProtection }: Pick<Collection, "deletionProtection">,
): boolean {
    return !deletionProtection && aliases.length === 0 && lease !== "held";
}
