import type { Call } from "../call";
import { type KeyValue, record } from "../messages";
import { demand } from "../refusal";
import { rules } from "../rules";

interface DatabaseRequest {
    properties?: KeyValue[];
    delete_keys?: string[];
}

/** Source: milvus docs, "Database". */
export function createDatabase(request: DatabaseRequest, call: Call): object {
    const { catalog, database } = call;
    demand(!catalog.databases.has(database), "unexpected", `database already exist: ${database}`);
    const properties = call.version.since(2, 4, 6) ? record(request.properties ?? []) : {};
    checkTimezone(properties, call);
    catalog.databases.set(database, {
        properties: new Map(Object.entries(properties)),
        collections: new Map(),
        aliases: new Map(),
    });
    return {};
}

export function describeDatabase(_: object, { catalog, database }: Call): object {
    const { properties } = catalog.database(database);
    return {
        db_name: database,
        properties: [...properties].map(([key, value]) => ({ key, value })),
    };
}

/** Source: rootcoord/alter_database_task.go (2.4), rootcoord/ddl_callbacks_alter_database.go (2.6). */
export function alterDatabase(request: DatabaseRequest, call: Call): object {
    const { catalog, database, version } = call;
    const set = record(request.properties ?? []);
    const keys = rules.deleteDatabaseKeys(version) ? (request.delete_keys ?? []) : [];
    demand(
        Object.keys(set).length + keys.length > 0,
        "unexpected",
        "only support alter collection properties, but collection properties is empty",
    );
    demand(
        Object.keys(set).length === 0 || keys.length === 0,
        "invalid",
        "alter database cannot modify properties and delete keys at the same time",
    );
    demand(
        ![...Object.keys(set), ...keys].some((key) => key.startsWith("cipher.")),
        "invalid",
        "can not alter cipher related properties",
    );
    checkTimezone(set, call);
    const { properties, collections } = catalog.database(database);
    const replicas = "database.replica.number";
    if (rules.databaseLoads(version) && (set[replicas] ?? "0") !== (properties.get(replicas) ?? "0"))
        for (const collection of collections.values()) collection.replicas = Number(set[replicas] ?? 1);
    for (const [key, value] of Object.entries(set)) properties.set(key, value);
    for (const key of keys) properties.delete(key);
    return {};
}

function checkTimezone({ timezone }: Record<string, string>, { version }: Call): void {
    if (timezone === undefined || !rules.databaseTimezone(version)) return;
    demand(
        timezone === "UTC" || Intl.supportedValuesOf("timeZone").includes(timezone),
        "invalid",
        `unknown or invalid IANA Time Zone ID: ${timezone}`,
    );
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
