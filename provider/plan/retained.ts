import type { Collection } from "../inputs/schema/collection";
import type { Generation, Retention } from "../observe/generation";
import { leaving, type Leaving, mayExpire, retentionOf } from "./retention";
import type { CollectionPlan } from "./plan";

/** What is retained behind a collection, the one that served last first. */
export interface RetainedSeen {
    found: readonly RetainedCollection[];
    /** In milliseconds since 1970 by the server's clock. */
    now: number;
}

export interface RetainedCollection extends Pick<Generation, "aliases" | "lease" | "keptUntil"> {
    name: string;
    generation: string;
    rows: number | undefined;
}

/** What becomes of a retained collection at this `pulumi up`. */
export interface RetainedPlan {
    name: string;
    generation: string;
    rows: number | undefined;
    /** When its time is over, in milliseconds since 1970 by the server's clock; undefined where it has no time. */
    until: number | undefined;
    /** Until then; 0 where it is over. */
    secondsLeft: number | undefined;
    /**
     * `stays`; `restored`: this is a rollback to it; `dropped`, and why: `abandoned` where the migration retains nothing;
     * `overdue`: its time is over, and it is protected or used.
     */
    fate: "stays" | "restored" | "overdue" | "dropped";
    why?: Leaving | "abandoned";
}

type Planned = Pick<CollectionPlan, "verdict" | "migration">;

/** What becomes of what is retained, by the plan for the collection itself. */
export function planRetained(
    { found, now }: RetainedSeen,
    { verdict, migration }: Planned,
    target: Pick<Collection, "migration" | "deletionProtection">,
): RetainedPlan[] {
    const isMigrated = verdict === "migrate";
    const others = found.filter(({ name }) => !isMigrated || name !== migration?.rollbackTo);
    const how = isMigrated && migration?.retainsPrevious ? retentionOf(target.migration) : undefined;
    const reasons = leavingAt(others, now, isMigrated, how);
    return found.map((one): RetainedPlan => {
        const { name, generation, rows, keptUntil: until } = one;
        const secondsLeft = until === undefined ? undefined : Math.max(0, (until - now) / 1000);
        const about = { name, generation, rows, until, secondsLeft };
        if (!others.includes(one)) return { ...about, fate: "restored" };
        const why = reasons[others.indexOf(one)];
        if (why === undefined || verdict === "blocked") return { ...about, fate: "stays" };
        const isNamed = isNamedBy(target.migration.rollback, one);
        if (!mayExpire(one, target) || (!isMigrated && isNamed)) return { ...about, fate: "overdue", why };
        return { ...about, fate: "dropped", why };
    });
}

/** A migration puts its old collection in front of the others. */
function leavingAt(
    others: readonly RetainedCollection[],
    now: number,
    isMigrated: boolean,
    how: Retention | undefined,
): (RetainedPlan["why"] | undefined)[] {
    if (!isMigrated) return leaving(others, now);
    if (!how) return others.map(() => "abandoned");
    return leaving([{}, ...others], now, how).slice(1);
}

/** Whether the program goes back to this one by its name or its generation, at this `pulumi up` or a later one. */
export function isNamedBy(
    rollback: Collection["migration"]["rollback"],
    { name, generation }: Pick<RetainedCollection, "name" | "generation">,
): boolean {
    return typeof rollback === "object" && (rollback.to === name || rollback.to === generation);
}
