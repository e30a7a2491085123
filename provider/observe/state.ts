import type { CollectionFunction, Field, Load } from "../inputs/schema/collection";
import type { DataType } from "../inputs/schema/dataType";

/** A field as the server describes it, in the form of the schema, with all defaults filled in. */
export type ObservedField = Omit<Field, "previousName" | "backfill" | "from"> & {
    /** Whether a function fills the field: it cannot be inserted and, for BM25, cannot be read. */
    isFunctionOutput: boolean;
    /** Type parameters that no argument sets, as the server spells them. */
    otherParams?: Record<string, string>;
};

export interface ObservedIndex {
    field: string;
    /** The index's name on the server; milvus-lite names it after the field. */
    name: string;
    indexType: string;
    metricType: string | undefined;
    params: Record<string, string>;
}

/** Stored on the collection itself, so that any machine can read which resource owns it. */
export interface OwnershipMarker {
    /** `project/stack/name` of the resource. */
    owner: string;
    /** Seven hex digits, new for every physical collection of one resource. */
    generation: string;
    /** The generation whose rows it took over. */
    from: string | undefined;
    /** `building` until it is copied, verified and cut over; `previous` once it is retained behind its successor. */
    state: "building" | "live" | "previous";
}

/** Settings of a collection that this release cannot give to a new collection. */
export interface Unmodelled {
    /** The rows are files outside of Milvus (3.0). */
    isExternal: boolean;
    /** The collection is divided into namespaces (3.0). */
    hasNamespaces: boolean;
    /** Members of the server's answer that the protocol of this release does not know: `schema.fields[2] #18`. */
    unknown: string[];
    /** Names of its row policies (3.0); undefined where nobody asked. */
    rowPolicies?: string[];
    /** Names of its snapshots, which the server drops with it (2.6.15); undefined where nobody asked. */
    snapshots?: string[];
    /** Why this user cannot know of the policies or the snapshots: a privilege that it lacks. */
    refused?: string[];
}

/** A field that was added in place, and that not every row has a value of yet. */
export interface Unfilled {
    field: string;
    /** The hash of the value that it is filled with. */
    value: string;
}

/** A collection on the server. */
export interface ObservedCollection {
    database: string;
    name: string;
    description: string;
    fields: ObservedField[];
    functions: CollectionFunction[];
    enableDynamicField: boolean;
    shardsNum: number | undefined;
    consistencyLevel: string | undefined;
    /** Without the provider's own properties. */
    properties: Record<string, string>;
    partitions: string[];
    numPartitions: number | undefined;
    indexes: ObservedIndex[];
    /** `partly-loaded`: only some partitions are loaded, and queries return only their rows. */
    loadState: "loaded" | "partly-loaded" | "loading" | "not-loaded";
    /** Replicas and resource groups; undefined where it is not loaded, or the server does not tell. */
    load?: Load | undefined;
    /** Segments with the current version of the schema, where builds of indexes wait for it: with a function (3.0). */
    schemaProgress?: { consistent: number; total: number };
    /** Settings that no argument of a collection can express. */
    unmodelled?: Unmodelled;
    /** Names of the aliases that point at it; empty where the server has no aliases. */
    aliases: string[];
    marker: OwnershipMarker | undefined;
    /** Fields that an interrupted run began to fill in place. Default: none. */
    unfilled?: readonly Unfilled[];
    /** The server's id of the collection; milvus-lite has none. */
    collectionId: string | undefined;
}

/** A number of rows that a plan needs and that the server counts, where it can. */
export type StatisticsQuery =
    /** Rows whose value is longer than `limit` bytes, or has more than `limit` elements. */
    | { statistic: "tooLong" | "tooMany"; field: string; source: string; limit: number }
    /** Rows that hold NULL. */
    | { statistic: "nulls"; field: string; source: string }
    /** Rows that hold a value in a nullable field that is dropped. */
    | { statistic: "held"; field: string; source: string }
    /** Rows whose dynamic field has the key `source`, which is the name of a new field. */
    | { statistic: "dynamicKeyCollisions"; field: string; source: string }
    /** Rows in the partition `source`, which is dropped. */
    | { statistic: "inPartition"; field: string; source: string };

/**
 * The answers, by the query's `field`: the field's name in the target or, for a dropped field or partition, its name in the
 * source. Where an answer is missing, the server could not count.
 */
export type RowStatistics = { [Statistic in StatisticsQuery["statistic"]]?: Record<string, number> };

/** The capabilities of a server, observed once per connection. A server without the RPC lacks the capability. */
export interface Capabilities {
    /** Name and version for messages: `milvus 2.3.5`, `milvus-lite 3.2.2`. */
    server: string;
    lite: boolean;
    /** `[2, 3, 5]`; undefined on milvus-lite up to 2.5, which does not report it. */
    version: [number, number, number] | undefined;
    aliases: boolean;
    rename: boolean;
    partitions: boolean;
    databases: boolean;
    /** AlterCollection sets properties. Without it, no property of a collection changes in place. */
    alterProperties: boolean;
    /** AlterCollection takes `delete_keys` (2.4.18). */
    deleteProperties: boolean;
    /** AlterCollection sets the description (2.5.12). */
    alterDescription: boolean;
    /** DescribeCollection returns the description (milvus-lite 3 does not store it). */
    keepsDescription: boolean;
    /** Fields can be nullable and have defaults (2.5). */
    nullable: boolean;
    /** AddCollectionField adds a nullable scalar to a collection with rows (2.6.0). */
    addField: boolean;
    /** The same for a vector (2.6.18). */
    addVector: boolean;
    /** AddCollectionStructField adds a nullable Array of Structs (3.0). */
    addStruct: boolean;
    /** AlterCollectionField sets `max_length` (2.5.2). */
    alterMaxLength: boolean;
    /** AlterCollectionField sets `max_capacity` (2.5.11). */
    alterMaxCapacity: boolean;
    /** AlterCollectionField sets a field's description (2.6.10, PR 47058). */
    alterFieldDescription: boolean;
    /** AlterCollectionSchema drops a field, and a function together with its output (3.0). */
    alterSchema: boolean;
    /** AlterCollectionSchema adds a function with its output (3.0, where the server is configured for it). */
    addFunction: boolean;
    /** Segments have a version of the schema, and builds of indexes can wait for it (3.0, issue 51768). */
    schemaVersions: boolean;
    /** AlterCollectionField sets the analyzer of a field that nothing uses (3.0, PR 51279). */
    alterAnalyzer: boolean;
    /** Fields are mapped from the disk one by one: `mmap.enabled` of a field (2.4.10, issue 35273). */
    fieldMmap: boolean;
    /** AlterCollectionField sets it on a released collection (in 2.4.20; the first release that has the call is unknown). */
    alterFieldMmap: boolean;
    /** Parameters of an index that AlterIndex sets on a released collection; empty where the server lacks the call (before 2.4). */
    alterableIndexParams: readonly string[];
    /** `warmup` of fields and indexes, and changes of it on a released collection (2.6.11, PR 47343). */
    warmup: boolean;
    /** The analyzer of a row depends on its language (2.5.11). */
    multiAnalyzer: boolean;
    /** The tokenizers that the server has, and the filters that it heeds; undefined where it has those of Milvus. */
    analyzers: { tokenizers: readonly string[]; filters: readonly string[] } | undefined;
    /** AlterCollectionFunction changes the parameters of a function (2.6.7, issue 41323). */
    alterFunction: boolean;
    /** Writes of clients with a cached schema fail with 109 after a change of the schema (2.4.22, 2.5.5, issue 41858). */
    checksSchemaOfClients: boolean;
    /** A field that is added to a collection with several shards can end a node, again and again (before 2.6.7, issue 45618). */
    crashesOnAddedField: boolean;
    /** A field is added while rows in memory are not flushed, and queries of them fail (before 2.6.2, issue 44412). */
    flushesBeforeAdd: boolean;
    /** AlterCollection turns the dynamic field on (2.6.6). */
    enableDynamicField: boolean;
    /** AlterCollection sets the consistency level (2.4.23, 2.5.5). */
    alterConsistency: boolean;
    /** An autoId collection accepts explicit keys (`allow_insert_auto_id`, 2.6.3). */
    insertAutoId: boolean;
    /** A rename loses the metadata of the collection, which a flush does not prevent (2.5.14, issue 43407). */
    renameLosesMetadata: boolean;
    /** A renamed collection is looked for in the database that its record names (2.6.0 to 2.6.10, PR 47721). */
    renameStrays: boolean;
    /** A field that is added with a default holds it in existing rows; before, NULL (2.6.6, issue 45543). */
    fillsDefaults: boolean;
    /** A scalar index can be dropped while the collection is loaded (2.6.2, PR 42941). */
    dropsScalarIndexLoaded: boolean;
    /** LoadCollection changes the number of replicas of a loaded collection (2.4.13, PR 36417). */
    changesReplicasLoaded: boolean;
    /** Resource groups have a configuration, and take nodes by it. */
    groupConfig: boolean;
    /**
     * An upsert of the key and some columns keeps the other values of a row (`partial_update`, 2.6.2). Counted from 2.6.18,
     * after the fixes of its first releases (issues 46849, 47966).
     */
    partialUpsert: boolean;
    /** An upsert keeps the dynamic keys that it leaves out, instead of replacing the row (milvus-lite 3.2.2, measured). */
    upsertMerges: boolean;
    /**
     * Unsupported data types; `Struct` stands for an Array of Structs. Some servers accept these types without an error.
     */
    lacksTypes: readonly (DataType | "Struct")[];
    /** A collection can have more than one vector field (2.4). */
    severalVectors: boolean;
    /**
     * Supported index types by data type. For a data type that is not listed, the server decides. Where AUTOINDEX is not in
     * the list, the first type replaces it. An empty list means that the data type cannot have an index.
     */
    indexTypes: Partial<Record<DataType, readonly string[]>>;
    /** The JSON values that a JSON field can store. The dynamic field is an object on every server. */
    json: "any" | "objects and lists" | "objects";
    /**
     * What an insert does with a dynamic key that has the name of a field: the key stays in the dynamic field, it overwrites
     * the field, or the row is refused.
     */
    dynamicKeyCollisions: "stay" | "overwrite" | "refused";
}

/** Estimated durations from a short measured sample. */
export interface Estimate {
    /** Seconds of the whole migration. */
    seconds: number;
    /** Seconds of one catch-up pass, which reads several ranges of both sides at once. */
    passSeconds: number;
}
