import { didYouMean } from "../../../provider/inputs/report/didYouMean";
import { listDatabases } from "../../../provider/milvus/cluster/databases";
import { describeAlias } from "../../../provider/milvus/collection/aliases";
import { type CollectionRef, listCollections } from "../../../provider/milvus/collection/collections";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { CommandError } from "../../errors";
import { defaultDatabase } from "../inventory";

/** What the user wants of a server; all of it where neither is given. */
export interface Wanted {
    databases: readonly string[];
    /** `docs`, or `library/docs`; an alias stands for its collection. */
    collections: readonly string[];
}

/** What `pull` looks at. */
export interface Scope {
    /** The databases that the program declares. */
    databases: string[];
    /** In the order of their names; the database is undefined on a server that has one alone. */
    collections: CollectionRef[];
    /** False where only some databases or collections are wanted: then nothing that belongs to the server as a whole is. */
    isWhole: boolean;
}

/** Errors: `MV541` for what the server does not have. */
export async function scopeOf(client: MilvusClient, wanted: Wanted): Promise<Scope> {
    const there = await listDatabases(client);
    for (const name of wanted.databases)
        if (!there?.includes(name))
            throw unknown("--database", `database ${name}`, name, client, there ?? []);
    const searched = there === undefined ? [undefined] : [...there].sort().filter(isWanted(wanted.databases));
    const all = (await Promise.all(searched.map((database) => collectionsIn(client, database)))).flat();
    const collections =
        wanted.collections.length === 0 ? all : await chosenFrom(client, searched, all, wanted.collections);
    return {
        // With collections alone, their databases are somebody else's.
        databases:
            wanted.databases.length === 0 && wanted.collections.length > 0
                ? []
                : searched.filter((name) => name !== undefined && name !== defaultDatabase).map(String),
        collections,
        isWhole: wanted.databases.length + wanted.collections.length === 0,
    };
}

const isWanted = (wanted: readonly string[]) => (name: string) =>
    wanted.length === 0 || wanted.includes(name);

async function collectionsIn(client: MilvusClient, database: string | undefined): Promise<CollectionRef[]> {
    const names = await listCollections(client, database);
    return [...names].sort().map((name) => ({ database, name }));
}

async function chosenFrom(
    client: MilvusClient,
    databases: readonly (string | undefined)[],
    all: readonly CollectionRef[],
    wanted: readonly string[],
): Promise<CollectionRef[]> {
    const chosen = new Set<CollectionRef>();
    for (const text of wanted) {
        const found = await collectionsCalled(client, databases, all, text);
        if (found.length === 0)
            throw unknown(
                "--collection",
                `collection ${text}`,
                text,
                client,
                all.flatMap(({ database, name }) => [name, `${database ?? defaultDatabase}/${name}`]),
            );
        found.forEach((one) => chosen.add(one));
    }
    return all.filter((one) => chosen.has(one));
}

async function collectionsCalled(
    client: MilvusClient,
    databases: readonly (string | undefined)[],
    all: readonly CollectionRef[],
    text: string,
): Promise<CollectionRef[]> {
    const [first = "", second] = text.split("/");
    const name = second ?? first;
    const places = databases.filter((one) => second === undefined || (one ?? defaultDatabase) === first);
    const found: CollectionRef[] = [];
    for (const database of places) {
        const own = all.find((one) => one.database === database && one.name === name);
        const target = own === undefined ? await describeAlias(client, { database, alias: name }) : undefined;
        const behind = all.find((one) => one.database === database && one.name === target);
        found.push(...[own, behind].filter((one) => one !== undefined));
    }
    return found;
}

function unknown(
    option: string,
    what: string,
    name: string,
    client: MilvusClient,
    known: readonly string[],
): CommandError {
    const hint = didYouMean(name, known);
    return new CommandError(
        "MV541",
        `${option}: ${client.target} has no ${what}.${hint === "" ? " Check the name and the server" : hint}`,
    );
}
