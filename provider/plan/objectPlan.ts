import type { Connection } from "../inputs/schema/connection";
import { placeOf } from "./diff/place";
import { same } from "./diff/same";

/** The arguments of an object without rows: a database, a user, a role, a grant. */
export type ObjectArguments = Readonly<Record<string, unknown>> & { connection?: Connection | undefined };

export interface ObjectPlan {
    /** `state-only`: only the state is rewritten. `replace`: the new object is created, then the old one is dropped. */
    verdict: "none" | "state-only" | "update" | "replace";
    /** Arguments that need another object on the server. */
    replaces: string[];
    /** All arguments whose value has changed. */
    changed: string[];
}

export interface ObjectRules {
    /** Arguments that say which object of the server it is. */
    identity: readonly string[];
    /** Arguments that guide the provider, and that the server does not store. */
    guides: readonly string[];
    /** Lists whose order means nothing. */
    sets?: readonly string[];
}

/**
 * Compares two declarations of an object. Another server is another object; another way to reach the same one is no change
 * on the server.
 */
export function planObject(
    deployed: ObjectArguments,
    target: ObjectArguments,
    { identity, guides, sets = [] }: ObjectRules,
): ObjectPlan {
    const names = [...new Set([...Object.keys(deployed), ...Object.keys(target)])];
    const changed = names.filter((name) => {
        const [from, to] = [deployed[name], target[name]];
        return !(sets.includes(name) ? same(sorted(from), sorted(to)) : same(from, to));
    });
    const isMoved = placeOf(deployed).address !== placeOf(target).address;
    const replaces = changed.filter((name) => identity.includes(name) || (name === "connection" && isMoved));
    if (replaces.length > 0) return { verdict: "replace", replaces, changed };
    if (changed.length === 0) return { verdict: "none", replaces, changed };
    const isUpdate = changed.some((name) => name !== "connection" && !guides.includes(name));
    return { verdict: isUpdate ? "update" : "state-only", replaces, changed };
}

const sorted = (list: unknown): unknown => (Array.isArray(list) ? [...(list as string[])].sort() : list);
