import type { CollectionFunction, Field } from "../inputs/schema/collection";
import type { DataType } from "../inputs/schema/dataType";

/** A field as the server describes it, in the terms of the spec: all defaults filled in. */
export type ObservedField = Omit<Field, "previousName" | "backfill" | "from"> & {
    /** True for a field that a function fills: it is neither inserted nor, for BM25, readable. */
    isFunctionOutput: boolean;
};

export interface ObservedIndex {
    field: string;
    /** The index's name on the server; milvus-lite names it after the field. */
    name: string;
    indexType: string;
    metricType: string | undefined;
    params: Record<string, string>;
}

/** Whose a collection is: written on the collection itself, so that any machine can tell. */
export interface OwnershipMarker {
    /** `project/stack/name` of the resource. */
    owner: string;
    /** Seven hex digits, new for every physical collection of one resource. */
    generation: string;
    /** The generation whose rows it takes over. */
    from: string | undefined;
    /** `building` until its rows are in, verified and handed over; `previous` once it is kept behind its successor. */
    state: "building" | "live" | "previous";
}

/** A collection as it stands on the server. */
export interface ObservedCollection {
    database: string;
    name: string;
    description: string;
    fields: ObservedField[];
    functions: CollectionFunction[];
    enableDynamicField: boolean;
    shardsNum: number | undefined;
    consistencyLevel: string | undefined;
    /** Without the stamp. */
    properties: Record<string, string>;
    partitions: string[];
    numPartitions: number | undefined;
    indexes: ObservedIndex[];
    /** `partly-loaded` where queries answer the rows of some partitions alone. */
    loadState: "loaded" | "partly-loaded" | "loading" | "not-loaded";
    /** Names of the aliases that point at it; empty where the server has none. */
    aliases: string[];
    marker: OwnershipMarker | undefined;
    /** The server's id; milvus-lite has none. */
    collectionId: string | undefined;
}

/** What a plan wants to know of the rows; the server counts it, where it can. */
export type StatisticsQuery =
    /** Rows whose value is longer than `limit` bytes, or has more than `limit` elements. */
    | { statistic: "tooLong" | "tooMany"; field: string; source: string; limit: number }
    /** Rows that hold NULL. */
    | { statistic: "nulls"; field: string; source: string }
    /** Rows that hold a value in a nullable field that goes. */
    | { statistic: "held"; field: string; source: string }
    /** Rows whose dynamic field holds a key `source`, the name that a field gets. */
    | { statistic: "dynamicKeyCollisions"; field: string; source: string }
    /** Rows in a partition of this name, which goes. */
    | { statistic: "inPartition"; field: string; source: string };

/**
 * Answers, by the question's `field`: the field's name in the target, of a field or partition that goes its name in the
 * source.
 * A missing answer means that nobody could count.
 */
export type RowStatistics = { [Statistic in StatisticsQuery["statistic"]]?: Record<string, number> };

/** What the server at hand can do, observed once a connection. An RPC that it lacks is a capability that it lacks. */
export interface Capabilities {
    /** For people: `milvus 2.3.5`, `milvus-lite 3.2.2`. */
    server: string;
    lite: boolean;
    /** `[2, 3, 5]`; milvus-lite up to 2.5 does not tell: undefined. */
    version: [number, number, number] | undefined;
    aliases: boolean;
    rename: boolean;
    partitions: boolean;
    databases: boolean;
    /** AlterCollection sets properties; without it nothing of a collection changes in place. */
    alterProperties: boolean;
    /** AlterCollection takes `delete_keys` (2.5). */
    deleteProperties: boolean;
    /** AlterCollection sets the description (2.5.12). */
    alterDescription: boolean;
    /** DescribeCollection tells the description (milvus-lite 3 forgets it). */
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
    /** AlterCollectionField sets a field's description (2.6.9). */
    alterFieldDescription: boolean;
    /** AlterCollectionSchema drops a field, adds and drops a function together with its output (3.0). */
    alterSchema: boolean;
    /** AlterCollection turns the dynamic field on (2.6.6). */
    enableDynamicField: boolean;
    /** AlterCollection sets the consistency level (2.4.23, 2.5.5). */
    alterConsistency: boolean;
    /** Explicit keys go into an autoId collection (`allow_insert_auto_id`, 2.6.3). */
    insertAutoId: boolean;
    /** Data types that it does not have, an Array of Structs by `Struct`; some servers take them in silence. */
    lacksTypes: readonly (DataType | "Struct")[];
    /** More than one vector field a collection (2.4). */
    severalVectors: boolean;
    /**
     * Index types by the field's type; a type that is not listed has whatever the server says. Where AUTOINDEX is not
     * among them, the first of them stands for it; an empty list means no index at all.
     */
    indexTypes: Partial<Record<DataType, readonly string[]>>;
    /** What a JSON field stores; of the dynamic field each row is an object everywhere. */
    json: "any" | "objects and lists" | "objects";
    /**
     * What happens at an insert to a key of the dynamic field that is the name of a field: it stays where it is, it is
     * written over the field, or the row is refused.
     */
    dynamicKeyCollisions: "stay" | "overwrite" | "refused";
}

/** How long it takes, by a short measured sample. */
export interface Estimate {
    /** Of the whole migration. */
    seconds: number;
    /** Of one pass for the writes of clients: both sides are read, in several ranges at once. */
    passSeconds: number;
}
