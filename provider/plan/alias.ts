import type { Alias } from "../spec/alias";
import { same } from "./same";

export interface AliasPlan {
    /**
     * `settings`: the state is rewritten. `update`: one AlterAlias, atomic on the server. `replace`: the new alias is
     * made, then the old one dropped.
     */
    verdict: "none" | "settings" | "update" | "replace";
    replaces: (keyof Alias)[];
}

/**
 * An alias is re-pointed in place; another name, database or server is another alias (Milvus docs, "Manage Aliases").
 * A collection that is not known yet is another collection.
 */
export function planAlias(deployed: Alias, target: Alias): AliasPlan {
    const replaces: (keyof Alias)[] = (["name", "database"] as const).filter(
        (key) => deployed[key] !== target[key],
    );
    if (deployed.connection?.address !== target.connection?.address) replaces.push("connection");
    if (replaces.length > 0) return { verdict: "replace", replaces };
    if (deployed.collection !== target.collection) return { verdict: "update", replaces };
    return { verdict: same(deployed, target) ? "none" : "settings", replaces };
}
