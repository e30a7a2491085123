import type { CollectionSchema, FieldSchema } from "./messages";
import type { Limits } from "./limits";
import { refuse } from "./refusal";
import type { StaleName } from "./staleNames";

/** The value of a field in a row, as protobufjs decodes it: int64 as text, bytes as buffers; null is NULL. */
export type Cell = unknown;

export interface Row {
    /** By field id: a field that is dropped and added again under its name does not see its old values. */
    cells: Map<string, Cell>;
    partition: string;
    /** Time of the write by the server's clock. */
    written: bigint;
    flushed: boolean;
    /** The version of the schema that its segment has. */
    schemaVersion: number;
    /** Time of the delete or of the upsert that replaced it. */
    deleted: bigint | undefined;
}

export interface Index {
    name: string;
    field: string;
    params: Record<string, string>;
    /** Number of calls that still report it as being built; minus infinity once it is: what is built stays. */
    pending: number;
}

export interface Collection {
    id: string;
    database: string;
    /** The database that its record names, where an older release has moved it from there: see `renameStrays`. */
    recordedDatabase?: string;
    name: string;
    /** Includes `$meta`, and the ids that the server assigned. */
    schema: CollectionSchema;
    properties: Map<string, string>;
    consistency: string;
    shards: number;
    /** Partition names, and whether each is in memory when the collection is loaded. */
    partitions: Map<string, boolean>;
    indexes: Index[];
    load: "released" | "loading" | "loaded";
    /** Replicas in memory when the collection is loaded. */
    replicas: number;
    resourceGroups: string[];
    /** Names of what is dropped with the collection. */
    snapshots: string[];
    rowPolicies: string[];
    /** Number of calls that still report it as being loaded. */
    loadPending: number;
    rows: Row[];
    /** Flushes in progress. */
    flushPending: number;
    /** The limits of writes that are in force; see limits.ts. */
    limits: Limits;
    /** The highest field id that was ever assigned. */
    maxFieldId: number;
    /** Time of the last change of the schema. */
    changed: bigint;
    /** Raised by every change of the schema. */
    schemaVersion: number;
    /** Number of calls that still find segments behind the version of the schema, where a compaction brings them to it. */
    schemaPending: number;
    /** Ids of the fields that were added to the collection. */
    added: Set<string>;
    /** Ids of the vectors that were added since the load, and are not in memory. */
    notLoaded: Set<string>;
}

interface Database {
    properties: Map<string, string>;
    collections: Map<string, Collection>;
    /** Alias to collection id; the collection may no longer exist. */
    aliases: Map<string, string>;
    /** Aliases that the proxy has in its cache with a former target, and how many changes it has missed. */
    stale?: Map<string, { id: string; missed: number }>;
    /** Which collection had a name before a rename; see staleNames.ts. */
    staleNames?: Map<string, StaleName>;
}

/** A privilege of a role on an object, by the object's name. */
export interface Grant {
    role: string;
    database: string;
    /** `Collection`, or `Global` for one that OperatePrivilegeV2 has granted. */
    object: string;
    name: string;
    privilege: string;
    grantor: string;
}

/** The complete state of the server. */
export class Catalog {
    readonly roles = new Set<string>(["admin", "public"]);
    /** Passwords of the users. */
    readonly users = new Map<string, string>([["root", "Milvus"]]);
    /** Roles of the users; root needs none. */
    readonly userRoles = new Map<string, Set<string>>();
    grants: Grant[] = [];
    /** The groups of privileges that users have made. */
    readonly privilegeGroups = new Map<string, Set<string>>();
    /** Configurations of the groups of query nodes, beside the default one. */
    readonly resourceGroups = new Map<string, object>();
    readonly databases = new Map<string, Database>([
        ["default", { properties: new Map(), collections: new Map(), aliases: new Map() }],
    ]);
    private lastId = 450_000_000_000_000_000n;
    private lastTimestamp = 0n;

    constructor(private readonly clock: () => number = Date.now) {}

    /** Returns increasing ids for collections and rows, larger than a JavaScript number holds exactly. */
    nextId(): string {
        return String(++this.lastId);
    }

    /** Milliseconds and a counter of 18 bits, unique. Source: milvus docs, "Timestamp in Milvus". */
    now(): bigint {
        const clock = BigInt(this.clock()) << 18n;
        this.lastTimestamp = clock > this.lastTimestamp ? clock : this.lastTimestamp + 1n;
        return this.lastTimestamp;
    }

    database(name: string): Database {
        return this.databases.get(name) ?? refuse("databaseNotFound", `database not found[database=${name}]`);
    }

    /** Finds a collection by its name, then by an alias. Source: milvus docs, "Manage Aliases". */
    find(database: string, name: string): Collection | undefined {
        const { collections, aliases, stale } = this.database(database);
        const id = stale?.get(name)?.id ?? aliases.get(name);
        return (
            collections.get(name) ??
            [...collections.values()].find((one) => id !== undefined && one.id === id)
        );
    }

    resolve(database: string, name: string): Collection {
        const found = this.find(database, name);
        return (
            found ??
            refuse("collectionNotFound", `collection not found[database=${database}][collection=${name}]`)
        );
    }

    /** In another order than they were made: Milvus answers in any (measured on 2.3.5). */
    aliasesOf({ database, id }: Collection): string[] {
        return [...this.database(database).aliases]
            .filter(([, target]) => target === id)
            .map(([alias]) => alias)
            .reverse();
    }
}

/** The primary key of the collection. */
export function primaryKey(collection: Collection): FieldSchema {
    return collection.schema.fields.find((field) => field.is_primary_key)!;
}

/** Every field that holds cells; fields of Structs are named `struct[field]`. */
export function leaves({ schema }: Collection): FieldSchema[] {
    const inStructs = schema.struct_array_fields.flatMap((struct) =>
        struct.fields.map((field) => ({ ...field, name: `${struct.name}[${field.name}]` })),
    );
    return [...schema.fields, ...inStructs];
}
