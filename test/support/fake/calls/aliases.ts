import type { Call } from "../call";
import { demand, refuse } from "../refusal";

interface Alias {
    alias: string;
    collection_name: string;
}

/** One namespace for collections and aliases. Source: MetaTable.CreateAlias in rootcoord/meta_table.go. */
export function createAlias({ alias, collection_name: name }: Alias, { catalog, database }: Call): object {
    const { collections, aliases } = catalog.database(database);
    demand(
        !collections.has(alias),
        "aliasConflict",
        `collection name conflicts with alias[database=${database}][alias=${alias}]`,
    );
    const { id } = target(name, collections, database);
    const pointsAt = aliases.get(alias);
    // An alias left behind by a dropped collection blocks its name too: milvus issue 36963.
    demand(
        pointsAt === undefined || pointsAt === id,
        "aliasExists",
        `alias already exist[database=${database}][alias=${alias}]`,
    );
    aliases.set(alias, id);
    return {};
}

/** Source: MetaTable.AlterAlias: the new target need not be loaded. */
export function alterAlias({ alias, collection_name: name }: Alias, call: Call): object {
    const { catalog, database } = call;
    const { collections, aliases } = catalog.database(database);
    demand(
        !collections.has(alias),
        "aliasConflict",
        `collection name conflicts with alias[database=${database}][alias=${alias}]`,
    );
    const { id } = target(name, collections, database);
    const former = aliases.get(alias);
    demand(former !== undefined, "aliasNotFound", `alias not found[database=${database}][alias=${alias}]`);
    aliases.set(alias, id);
    keepStale(call, alias, former);
    return {};
}

/** A proxy may miss that an alias has moved, and answer from the former target until it is altered again: issue 51313. */
function keepStale({ catalog, database, aliasLag }: Call, alias: string, former: string): void {
    const stale = (catalog.database(database).stale ??= new Map<string, { id: string; missed: number }>());
    const { id, missed } = stale.get(alias) ?? { id: former, missed: 0 };
    if (missed + 1 < aliasLag) stale.set(alias, { id, missed: missed + 1 });
    else stale.delete(alias);
}

/** Dropping an alias that does not exist is a success: seen on 2.3.5. */
export function dropAlias({ alias }: Alias, { catalog, database }: Call): object {
    catalog.database(database).aliases.delete(alias);
    return {};
}

export function describeAlias({ alias }: Alias, { catalog, database }: Call): object {
    const { collections, aliases } = catalog.database(database);
    const id = aliases.get(alias);
    const found = [...collections.values()].find((one) => id !== undefined && one.id === id);
    if (!found) refuse("aliasNotFound", `alias not found[database=${database}][alias=${alias}]`);
    return { db_name: database, alias, collection: found.name };
}

export function listAliases({ collection_name: name }: Alias, { catalog, database }: Call): object {
    const { collections, aliases } = catalog.database(database);
    if (name === "") return { db_name: database, aliases: [...aliases.keys()] };
    return {
        db_name: database,
        collection_name: name,
        aliases: catalog.aliasesOf(target(name, collections, database)),
    };
}

/** An alias points at a collection by its own name, never at another alias. */
function target<C>(name: string, collections: Map<string, C>, database: string): C {
    return (
        collections.get(name) ??
        refuse("collectionNotFound", `collection not found[database=${database}][collection=${name}]`)
    );
}
