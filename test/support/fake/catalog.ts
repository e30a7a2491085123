import type { CollectionSchema, FieldSchema } from "./messages";
import { refuse } from "./refusal";

/** The value of a field in a row, as protobufjs decodes it: int64 as text, bytes as buffers; null stands for NULL. */
export type Cell = unknown;

export interface Row {
    /** By field id: a field that is dropped and added again under its name finds nothing of its former self. */
    cells: Map<string, Cell>;
    partition: string;
    /** When it came, by the server's clock. */
    written: bigint;
    flushed: boolean;
    deleted: boolean;
}

export interface Index {
    name: string;
    field: string;
    params: Record<string, string>;
    /** How often it is still told as being built. */
    pending: number;
}

export interface Collection {
    id: string;
    database: string;
    name: string;
    /** With `$meta` among the fields, and with the ids that the server gave. */
    schema: CollectionSchema;
    properties: Map<string, string>;
    consistency: string;
    shards: number;
    /** Names, and whether each is in memory once the collection is loaded. */
    partitions: Map<string, boolean>;
    indexes: Index[];
    load: "released" | "loading" | "loaded";
    /** In so many copies it is in memory once it is loaded. */
    replicas: number;
    /** How often it is still told as being loaded. */
    loadPending: number;
    rows: Row[];
    /** Flushes that are still under way. */
    flushPending: number;
    /** The highest id that a field ever had. */
    maxFieldId: number;
}

interface Database {
    collections: Map<string, Collection>;
    /** Alias to the id of a collection; the id may be one that is gone. */
    aliases: Map<string, string>;
}

/** All that the server holds. */
export class Catalog {
    readonly databases = new Map<string, Database>([
        ["default", { collections: new Map(), aliases: new Map() }],
    ]);
    private lastId = 450_000_000_000_000_000n;
    private lastTimestamp = 0n;

    constructor(private readonly clock: () => number = Date.now) {}

    /** Ids of collections and keys of rows, ever higher, and beyond what a JavaScript number holds. */
    nextId(): string {
        return String(++this.lastId);
    }

    /** Milliseconds and a counter of 18 bits, never twice the same. Source: milvus docs, "Timestamp in Milvus". */
    now(): bigint {
        const clock = BigInt(this.clock()) << 18n;
        this.lastTimestamp = clock > this.lastTimestamp ? clock : this.lastTimestamp + 1n;
        return this.lastTimestamp;
    }

    database(name: string): Database {
        return this.databases.get(name) ?? refuse("databaseNotFound", `database not found[database=${name}]`);
    }

    /** A collection by its name, then by an alias. Source: milvus docs, "Manage Aliases". */
    find(database: string, name: string): Collection | undefined {
        const { collections, aliases } = this.database(database);
        const id = aliases.get(name);
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

    aliasesOf({ database, id }: Collection): string[] {
        return [...this.database(database).aliases]
            .filter(([, target]) => target === id)
            .map(([alias]) => alias);
    }
}

/** The key of the rows. */
export function primaryKey(collection: Collection): FieldSchema {
    return collection.schema.fields.find((field) => field.is_primary_key)!;
}

/** Every field that holds cells: those of Structs under `struct[field]`. */
export function leaves({ schema }: Collection): FieldSchema[] {
    const inStructs = schema.struct_array_fields.flatMap((struct) =>
        struct.fields.map((field) => ({ ...field, name: `${struct.name}[${field.name}]` })),
    );
    return [...schema.fields, ...inStructs];
}
