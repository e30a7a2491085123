import type { Alias } from "../inputs/schema/alias";
import { placeOf } from "./diff/place";
import { same } from "./diff/same";

export interface AliasPlan {
    /**
     * `state-only`: the state is rewritten. `update`: one AlterAlias, atomic on the server. `replace`: the new alias is
     * made, then the old one dropped.
     */
    verdict: "none" | "state-only" | "update" | "replace";
    replaces: (keyof Alias)[];
}

/**
 * An alias is re-pointed in place; another name, database or server is another alias (Milvus docs, "Manage Aliases").
 * A collection that is not known yet is another collection.
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
