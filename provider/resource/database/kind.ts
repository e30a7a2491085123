import { parseDatabase } from "../../inputs/parse";
import type { Database } from "../../inputs/schema/database";
import { RunError } from "../../migration/errors";
import { createDatabase, describeDatabase, listDatabases } from "../../milvus/cluster/databases";
import type { Server } from "../context/context";
import { declareDatabase } from "../context/declaredDatabase";
import { nameOfId, type ObjectKind } from "../object";
import { changeProperties, declarable, explainProperties, warnOfNew } from "./properties";
import { remove } from "./remove";

/** A database: properties change in place, and it is dropped when it is empty. */
export const databaseKind: ObjectKind<Database> = {
    type: "Database",
    isNamed: true,
    identity: ["name"],
    guides: ["adopt", "forceDestroy"],
    parse: parseDatabase,
    title: ({ name }) => `database ${name}`,
    id: ({ name }) => name,
    argumentsOf: nameOfId("Database", "library"),
    requireSupported,
    observe: async ({ client }, { name, properties }) => {
        if (!(await listDatabases(client))?.includes(name)) return undefined;
        const there = (await describeDatabase(client, name)) ?? {};
        // Others may be of the server, or of somebody else.
        const declared = Object.keys(properties).filter((key) => there[key] !== undefined);
        return { properties: Object.fromEntries(declared.map((key) => [key, there[key]!])) };
    },
    create: async ({ at, spec }) => {
        await createDatabase(at.client, spec.name, spec.properties);
        return {};
    },
    update: async ({ at, spec }, deployed) => {
        await requireSupported(at, spec);
        await changeProperties(at, spec, deployed.properties);
        return {};
    },
    explain: async (work, deployed, verdict) => {
        await requireSupported(work.at, work.spec);
        if (verdict === "update") explainProperties(work, deployed.properties);
        else warnOfNew(work);
    },
    explainCreate: (work, there) =>
        there === undefined ? warnOfNew(work) : explainProperties(work, there.properties ?? {}),
    declared: (context, { name }, props) => declareDatabase(context, props, name),
    remove,
    importArguments: async ({ client }, { name }) => {
        if (!(await listDatabases(client))?.includes(name)) return undefined;
        const properties = declarable((await describeDatabase(client, name)) ?? {});
        return Object.keys(properties).length > 0 ? { properties } : {};
    },
};

/** Errors: `MV401` for a server without databases, or without properties of databases where the program has some. */
async function requireSupported(
    { client, capabilities }: Server,
    { name, properties }: Pick<Database, "name" | "properties">,
): Promise<void> {
    const databases = await listDatabases(client);
    if (!databases)
        throw new RunError(
            "MV401",
            `database ${name}: ${capabilities.server} has no databases. Leave the database out, or update the server`,
        );
    // The default one is on every server, and tells whether any has properties.
    if (Object.keys(properties).length > 0 && (await describeDatabase(client, "default")) === undefined)
        throw new RunError(
            "MV401",
            `database ${name}: ${capabilities.server} stores no properties of databases. Remove properties, or update the server`,
        );
}
