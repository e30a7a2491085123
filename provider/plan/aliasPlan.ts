import type { Alias } from "../inputs/schema/alias";
import { placeOf } from "./diff/place";
import { same } from "./diff/same";

export interface AliasPlan {
    /**
     * `state-only`: only the state is rewritten. `update`: one AlterAlias, atomic on the server. `replace`: the new alias
     * is created, then the old one is dropped.
     */
    verdict: "none" | "state-only" | "update" | "replace";
    replaces: (keyof Alias)[];
}

/**
 * An alias moves to another collection in place. Another name, database or server needs a new alias (Milvus docs, "Manage
 * Aliases"). An unknown collection counts as another collection.
 */
export function planAlias(deployed: Alias, target: Alias): AliasPlan {
    const [before, after] = [placeOf(deployed), placeOf(target)];
    const replaces: (keyof Alias)[] = [];
    if (deployed.name !== target.name) replaces.push("name");
    if (before.database !== after.database) replaces.push("database");
    if (before.address !== after.address) replaces.push("connection");
    if (replaces.length > 0) return { verdict: "replace", replaces };
    if (deployed.collection !== target.collection) return { verdict: "update", replaces };
    return { verdict: same(deployed, target) ? "none" : "state-only", replaces };
}
