import type { Call } from "../call";
import { demand } from "../refusal";

/** Source: milvus docs, "Database". */
export function createDatabase(_: object, { catalog, database }: Call): object {
    demand(!catalog.databases.has(database), "unexpected", `database already exist: ${database}`);
    catalog.databases.set(database, { collections: new Map(), aliases: new Map() });
    return {};
}

export function dropDatabase(_: object, { catalog, database }: Call): object {
    const held = catalog.databases.get(database)?.collections.size ?? 0;
    demand(
        held === 0,
        "unexpected",
        `database:${database} not empty, must drop all collections before drop database`,
    );
    demand(database !== "default", "unexpected", "can not drop default database");
    catalog.databases.delete(database);
    return {};
}

export function listDatabases(_: object, { catalog }: Call): object {
    return { db_names: [...catalog.databases.keys()] };
}
