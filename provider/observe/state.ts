import type { CollectionFunction, Field } from "../spec/collection";

/** A field as the server describes it, in the terms of the spec: all defaults filled in. */
export type ObservedField = Omit<Field, "previousName" | "backfill"> & {
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
export interface Stamp {
    /** `project/stack/name` of the resource. */
    owner: string;
    /** Seven hex digits, new for every physical collection of one resource. */
    generation: string;
    /** The generation whose rows it takes over. */
    from: string | undefined;
    /** `building` until its rows are in, verified and handed over. */
    state: "building" | "live";
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
    loadState: "loaded" | "loading" | "not-loaded";
    /** Names of the aliases that point at it; empty where the server has none. */
    aliases: string[];
    stamp: Stamp | undefined;
    /** The server's id; milvus-lite has none. */
    collectionId: string | undefined;
}

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
    nullable: boolean;
    /** Explicit keys go into an autoId collection (`allow_insert_auto_id`, 2.6.3). */
    insertAutoId: boolean;
}
