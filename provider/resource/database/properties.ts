import type { Database } from "../../inputs/schema/database";
import { RunError } from "../../migration/errors";
import { alterDatabase, describeDatabase } from "../../milvus/cluster/databases";
import type { Server } from "../context/context";
import { warnOnce } from "../context/warnOnce";
import type { ObjectWork } from "../object";

type Properties = Readonly<Record<string, string>>;

/** What the server sets by itself: the key's zone of an encrypted database, and where it is replicated from. */
const ofServer = /^(cipher\.ezID|replicate\..*)$/;

/** What a program would declare of the properties that a server tells. */
export const declarable = (there: Properties): Properties =>
    Object.fromEntries(Object.entries(there).filter(([key]) => !ofServer.test(key)));

/** Milvus reads both from the request alone: a change of any other property without them resets the replicas (2.6). */
const ofLoads = ["database.replica.number", "database.resource_groups"];

/** Sets what differs, and deletes what the program no longer declares. Errors: `MV401`, `MV408`. */
export async function changeProperties(
    at: Server,
    { name, properties }: Database,
    deployed: Properties,
): Promise<void> {
    const { set, removed } = changes(deployed, properties);
    requireChangeable(at, name, { set, removed });
    if (Object.keys(set).length === 0 && removed.length === 0) return;
    const there = (await describeDatabase(at.client, name)) ?? {};
    const kept = ofLoads.filter((key) => there[key] !== undefined && !removed.includes(key));
    const sent = { ...Object.fromEntries(kept.map((key) => [key, there[key]!])), ...set };
    await alterDatabase(at.client, name, Object.keys(set).length > 0 ? sent : {}, removed);
}

interface Changes {
    set: Properties;
    removed: string[];
}

function changes(deployed: Properties, declared: Properties): Changes {
    const set = Object.entries(declared).filter(([key, value]) => deployed[key] !== value);
    const removed = Object.keys(deployed).filter((key) => !(key in declared));
    return { set: Object.fromEntries(set), removed };
}

/** Errors: `MV401` where the server deletes no property, `MV408` for one that an existing database keeps. */
function requireChangeable({ capabilities }: Server, name: string, { set, removed }: Changes): void {
    const [fixed] = [...Object.keys(set), ...removed].filter((key) => key.startsWith("cipher."));
    if (fixed !== undefined)
        throw new RunError(
            "MV408",
            `database ${name}: ${fixed} cannot change on an existing database. Put it back, or declare a new database and move the collections there`,
        );
    if (removed.length > 0 && !capabilities.deleteProperties)
        throw new RunError(
            "MV401",
            `database ${name}: ${capabilities.server} deletes no properties of databases (${removed.join(", ")}). Declare its default value instead, or update Milvus to 2.4.18 or later`,
        );
}

/** What a property that is set, or no longer set, does to clients. */
const effects: Readonly<Record<string, (value: string | undefined, database: string) => string>> = {
    "database.force.deny.writing": (value, database) =>
        isTrue(value)
            ? `Milvus refuses every insert, upsert and delete in ${database}, and no migration of a collection in it can finish. Set it to false, or remove it, to allow them again`
            : `Milvus takes writes in ${database} again`,
    "database.force.deny.reading": (value, database) =>
        isTrue(value)
            ? `Milvus refuses every search and query in ${database}, and no migration of a collection in it can read its rows. Set it to false, or remove it, to allow them again`
            : `Milvus answers searches and queries in ${database} again`,
    "database.replica.number": (value, database) =>
        value === undefined
            ? `loads in ${database} that name no number of replicas have one`
            : `loads in ${database} that name no number of replicas have ${value}; since 2.6 loaded collections change at once, which takes memory on the query nodes`,
    "database.resource_groups": (value, database) =>
        `loads in ${database} that name no resource groups go to ${value ?? "the default group"}; since 2.6 loaded collections move at once`,
    "database.max.collections": (value, database) =>
        value === undefined
            ? `the limit of the server applies to ${database} again`
            : `${database} takes ${value} collections at most; a migration that copies needs room for one more`,
};

const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === "true";

/** Warns of what the change does to clients, and throws for what `up` would refuse. */
export function explainProperties(work: ObjectWork<Database>, deployed: Properties): void {
    const { at, spec } = work;
    const { set, removed } = changes(deployed, spec.properties);
    requireChangeable(at, spec.name, { set, removed });
    const all = [...Object.entries(set), ...removed.map((key) => [key, undefined] as const)];
    for (const [key, value] of all) {
        // False for the first time changes nothing.
        if (isDenial(key) && isTrue(value) === isTrue(deployed[key])) continue;
        warn(work, key, value);
    }
}

/** Warns of a database that nobody can write to, or read from, once it is created. What else it declares meets no client yet. */
export function warnOfNew(work: ObjectWork<Database>): void {
    for (const [key, value] of Object.entries(work.spec.properties))
        if (isDenial(key) && isTrue(value)) warn(work, key, value);
}

const isDenial = (key: string): boolean => key.startsWith("database.force.deny.");

function warn({ context, name, spec }: ObjectWork<Database>, key: string, value: string | undefined): void {
    const text = effects[key]?.(value, `database ${spec.name}`);
    if (text !== undefined) warnOnce(context, { path: name, message: `${key}: ${text}.`, code: "MV409" });
}
